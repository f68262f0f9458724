import { describe, expect, test } from 'vitest'
import { makeAuthority, makeRoot, makeServer, type Issued } from '../fixtures/certificates.ts'
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
  type ExtensionFixture,
} from '../fixtures/extensions.ts'
import { outcome, verify } from '../fixtures/verify.ts'
import type { PolicyOptions } from './policies.ts'

const [a, b, c] = ['1.2.3.1', '1.2.3.2', '1.2.3.3'] as const
const any = '2.5.29.32.0'
const refused = 'ERR_X509_CERTIFICATE_POLICY'
const root = makeRoot()

/** Extensions of each authority from the top, and then of the server. */
function check(
  list: readonly (readonly ExtensionFixture[])[],
  policies: PolicyOptions = {},
): Promise<string> {
  let at: Issued = root
  for (const [i, extensions] of list.entries())
    at =
      i === list.length - 1
        ? makeServer(at, { extensions })
        : makeAuthority(at, { subject: `Authority ${i}`, extensions })
  return outcome(verify(at, root, { policies }))
}
const [pa, pb, pAny] = [certificatePolicies(a), certificatePolicies(b), certificatePolicies(any)] as const
const explicit = policyConstraints(0)

test.each<[string, readonly (readonly ExtensionFixture[])[], PolicyOptions, string]>([
  ['nothing is required', [[], []], {}, 'accepted'],
  ['policies that differ, none required', [[pa], [pb]], {}, 'accepted'],
  ['a policy all the way', [[pa], [pa]], { requireExplicit: true }, 'accepted'],
  ['a policy required, none there', [[], []], { requireExplicit: true }, refused],
  ['a policy required, lost at the server', [[pa], []], { requireExplicit: true }, refused],
  ['a policy required, lost at the authority', [[], [pa]], { requireExplicit: true }, refused],
  ['policies that differ, one required', [[pa], [pb]], { requireExplicit: true }, refused],
  ['anyPolicy above', [[pAny], [pb]], { requireExplicit: true }, 'accepted'],
  ['anyPolicy below', [[pa], [pAny]], { requireExplicit: true, acceptable: [a] }, 'accepted'],
  [
    'anyPolicy below stands for what is above only',
    [[pa], [pAny]],
    { requireExplicit: true, acceptable: [b] },
    refused,
  ],
  ['an acceptable policy', [[pa], [pa]], { requireExplicit: true, acceptable: [b, a] }, 'accepted'],
  ['no acceptable policy', [[pa], [pa]], { requireExplicit: true, acceptable: [b] }, refused],
  ['acceptable: any', [[pa], [pa]], { requireExplicit: true, acceptable: [any] }, 'accepted'],
  ['acceptable alone requires nothing', [[], []], { acceptable: [a] }, 'accepted'],
  ['an authority requires one (requireExplicitPolicy)', [[explicit], []], {}, refused],
  ['an authority requires one, and there is one', [[explicit, pa], [pa]], {}, 'accepted'],
  ['an authority requires one from two certificates on', [[policyConstraints(2), pa], []], {}, 'accepted'],
  ['an authority requires one from one certificate on', [[policyConstraints(1), pa], []], {}, refused],
  ['the end entity itself requires one', [[], [explicit]], {}, refused],
  ['the end entity requires one, but not of itself', [[], [policyConstraints(1)]], {}, 'accepted'],
  ['a mapping', [[pa, policyMappings([a, b])], [pb]], { requireExplicit: true, acceptable: [a] }, 'accepted'],
  [
    'a mapping is not the other way round',
    [[pa, policyMappings([a, b])], [pb]],
    { requireExplicit: true, acceptable: [b] },
    refused,
  ],
  [
    'what is mapped is no longer itself',
    [[pa, policyMappings([a, b])], [pa]],
    { requireExplicit: true },
    refused,
  ],
  [
    'a mapping of a policy that anyPolicy stands for',
    [[pAny, policyMappings([a, b])], [pb]],
    { requireExplicit: true, acceptable: [a] },
    'accepted',
  ],
  [
    'a mapping of a policy that is not there',
    [[certificatePolicies(c), policyMappings([a, b])], [pb]],
    { requireExplicit: true },
    refused,
  ],
  [
    'two mapped to one',
    [[certificatePolicies(a, c), policyMappings([a, b], [c, b])], [pb]],
    { requireExplicit: true, acceptable: [c] },
    'accepted',
  ],
  [
    'mapping inhibited by the caller',
    [[pa, policyMappings([a, b])], [pb]],
    { requireExplicit: true, inhibitMapping: true },
    refused,
  ],
  [
    'mapping inhibited by an authority',
    [[pa, policyConstraints(undefined, 0)], [pa, policyMappings([a, b])], [pb]],
    { requireExplicit: true },
    refused,
  ],
  [
    'mapping inhibited one certificate later',
    [[pa, policyConstraints(undefined, 1)], [pa, policyMappings([a, b])], [pb]],
    { requireExplicit: true },
    'accepted',
  ],
  ['anyPolicy inhibited by the caller', [[pAny], [pa]], { requireExplicit: true, inhibitAny: true }, refused],
  [
    'anyPolicy inhibited by an authority',
    [[pa, inhibitAnyPolicy(0)], [pAny]],
    { requireExplicit: true },
    refused,
  ],
  [
    'anyPolicy inhibited one certificate later',
    [[pa, inhibitAnyPolicy(1)], [pAny]],
    { requireExplicit: true },
    'accepted',
  ],
])('%s', async (_, list, options, expected) => {
  expect(await check(list, options)).toBe(expected)
})

describe('a self-issued authority', () => {
  test('does not use up what authorities grant (RFC 5280 §6.1.4 (h))', async () => {
    const top = makeAuthority(root, { subject: 'Top', extensions: [pa, policyConstraints(2)] })
    const again = makeAuthority(top, { subject: 'TOP', extensions: [pa] })
    expect(await outcome(verify(makeServer(again), root))).toBe('accepted')
  })

  test('may assert anyPolicy where others may not (RFC 5280 §6.1.3 (d) (2))', async () => {
    const top = makeAuthority(root, { subject: 'Top', extensions: [pa, inhibitAnyPolicy(0)] })
    const again = makeAuthority(top, { subject: 'TOP', extensions: [pAny] })
    const server = makeServer(again, { extensions: [pa] })
    expect(await outcome(verify(server, root, { policies: { requireExplicit: true } }))).toBe('accepted')
  })
})
