/** Chains that are made to cost much: a verdict within counted work, whatever they are. Nothing here looks at a clock. */
import type { CryptoProvider } from '@mortise/crypto'
import { describe, expect, test } from 'vitest'
import { makeAuthority, makeRoot, makeServer, type Issued } from '../fixtures/certificates.ts'
import * as make from '../fixtures/extensions.ts'
import { keyNamed } from '../fixtures/keys.ts'
import { outcome, provider, verify } from '../fixtures/verify.ts'
import { defaultLimits } from './limits.ts'
import type { VerifyChainOptions } from './options.ts'

const root = makeRoot()

/** What came out, and how many signatures were verified on the way. */
async function judge(
  chain: readonly Issued[],
  options: Partial<VerifyChainOptions> = {},
): Promise<readonly [reason: string, signatures: number]> {
  let signatures = 0
  const counting: CryptoProvider = {
    ...provider,
    signatures: provider.signatures.map((algorithm) => ({
      ...algorithm,
      verify: (...input) => {
        signatures++
        return algorithm.verify(...input)
      },
    })),
  }
  const [endEntity = root] = chain
  const ders = chain.map(({ der }) => der)
  const reason = await outcome(verify(endEntity, root, { chain: ders, provider: counting, ...options }))
  return [reason, signatures]
}

describe('1,000 certificates of the same subject and key identifier', () => {
  const keyIdentifier = make.subjectKeyIdentifier(new Uint8Array(20))
  const authority = makeAuthority(root, { extensions: [keyIdentifier] })
  const twins = Array.from({ length: 1000 }, (_, i) => {
    const key = keyNamed(`twin ${i % 100}`)
    return makeAuthority(root, { key, extensions: [keyIdentifier] })
  })
  const server = makeServer({ ...authority, keyIdentifier: new Uint8Array(20) })
  const impostor = makeServer({
    ...authority,
    key: keyNamed('impostor'),
    keyIdentifier: new Uint8Array(20),
  })

  test('are more than may be presented', async () => {
    expect(await judge([server, ...twins])).toEqual(['ERR_X509_TOO_MANY_CERTIFICATES', 0])
  })

  test('end with the signatures that may be verified, where so many are allowed', async () => {
    const limits = { maxCertificates: 2000, maxChainSize: 1_000_000 }
    expect(await judge([impostor, ...twins], { limits })).toEqual([
      'ERR_X509_TOO_MANY_SIGNATURES',
      defaultLimits.maxSignatureChecks,
    ])
  })

  test('end with the candidates that may be looked at, however often a signature holds', async () => {
    // One key, so that one verification answers for all of them, and none leads to an anchor
    const nowhere = makeRoot({ subject: 'Nowhere', key: keyNamed('nowhere') })
    const layers = Array.from({ length: 6 }, (_, layer) => `Layer ${layer}`)
    const chain: Issued[] = []
    let above: Issued = nowhere
    for (const subject of layers) {
      const key = keyNamed(subject)
      const same = Array.from({ length: 10 }, () => makeAuthority(above, { subject, key }))
      chain.unshift(...same)
      above = same[0] ?? nowhere
    }
    const [reason, signatures] = await judge([makeServer(above), ...chain])
    expect(reason).toBe('ERR_X509_TOO_MANY_CANDIDATES')
    expect(signatures).toBeLessThanOrEqual(defaultLimits.maxSignatureChecks)
  })
})

describe('authorities that multiply paths', () => {
  /** Of each layer any certificate may stand on the path: 7 to the power of 8 paths, all up to the root. */
  function layered(extensions: (layer: number) => readonly make.ExtensionFixture[]): readonly Issued[] {
    const chain: Issued[] = []
    let above = root
    for (let layer = 0; layer < 8; layer++) {
      const [subject, issuer] = [`Layer ${layer}`, above]
      const same = Array.from({ length: 7 }, () =>
        makeAuthority(issuer, { subject, key: keyNamed(subject), extensions: extensions(layer) }),
      )
      chain.unshift(...same)
      above = same[0] ?? root
    }
    const policy = make.certificatePolicies('2.23.140.1.2.1')
    return [makeServer(above, { extensions: [policy] }), ...chain]
  }
  const policies = { requireExplicit: true }
  const limits = { maxChainSize: 4_000_000 }
  const numbers = Array.from({ length: 256 }, (_, i) => i)
  const policy = (number: number): string => `1.2.3.${number}`

  test('end with the candidates, whole paths counting more', async () => {
    let paths = 0
    const check = () => {
      paths++
      return { reason: 'ERR_X509_REFUSED' } as const
    }
    const [reason, signatures] = await judge(
      layered(() => []),
      { checks: [{ identity: 'x', check }] },
    )
    expect(reason).toBe('ERR_X509_TOO_MANY_CANDIDATES')
    expect(paths).toBeLessThanOrEqual(defaultLimits.maxCandidates / 16)
    expect(signatures).toBeLessThanOrEqual(defaultLimits.maxSignatureChecks)
  })

  test('end with the policies, where each maps 256 to 16 and 16 to 256', async () => {
    const chain = layered((layer) => [
      make.certificatePolicies(...numbers.map(policy)),
      make.policyMappings(
        ...numbers.map((i): [string, string] =>
          layer === 0 ? [policy(i), policy(i % 16)] : [policy(i % 16), policy(i >> 4)],
        ),
      ),
    ])
    expect((await judge(chain, { policies, limits }))[0]).toBe('ERR_X509_TOO_MANY_POLICIES')
  })

  test('end with the comparisons, where each constrains names', async () => {
    const excluded = Array.from({ length: 2500 }, (_, i) => `dns:d${i}.example`)
    const chain = layered(() => [make.nameConstraints({ permitted: ['dns:com'], excluded })])
    expect((await judge(chain, { policies, limits }))[0]).toBe('ERR_X509_TOO_MANY_NAMES')
  })

  test('are more than may be presented, if they are large', async () => {
    const chain = layered(() => [make.extension('1.2.3', new Uint8Array(6000))])
    expect(await judge(chain)).toEqual(['ERR_X509_TOO_MANY_CERTIFICATES', 0])
  })
})

describe('depth 100', () => {
  const chain: Issued[] = []
  let above = root
  for (let depth = 0; depth < 100; depth++)
    chain.unshift((above = makeAuthority(above, { subject: `Depth ${depth}`, key: keyNamed('deep') })))
  const server = makeServer(above)

  test('is more than may be presented', async () => {
    expect(await judge([server, ...chain])).toEqual(['ERR_X509_TOO_MANY_CERTIFICATES', 0])
  })

  test('ends at the depth that is allowed', async () => {
    expect(await judge([server, ...chain], { limits: { maxCertificates: 200 } })).toEqual([
      'ERR_X509_PATH_TOO_LONG',
      defaultLimits.maxDepth + 1,
    ])
  })

  test('of self-issued certificates, which don’t count as depth, ends with the signatures', async () => {
    const own: Issued[] = []
    let self = root
    for (let depth = 0; depth < 100; depth++)
      own.unshift((self = makeAuthority(self, { subject: 'Root', key: keyNamed(`self ${depth}`) })))
    const [reason, signatures] = await judge([makeServer(self), ...own], {
      limits: { maxCertificates: 200 },
    })
    expect(reason).toMatch(/^ERR_X509_(TOO_MANY_(SIGNATURES|CANDIDATES))$/)
    expect(signatures).toBeLessThanOrEqual(defaultLimits.maxSignatureChecks)
  })
})

describe('a certificate of 1 MB', () => {
  const large = makeServer(root, { extensions: [make.extension('1.2.3', new Uint8Array(1_000_000))] })

  test('is larger than allowed, wherever it stands', async () => {
    expect(await judge([large])).toEqual(['ERR_X509_CERTIFICATE_TOO_LARGE', 0])
    expect(await judge([makeServer(root), large])).toEqual(['ERR_X509_CERTIFICATE_TOO_LARGE', 0])
  })

  test('is judged like any other where that is allowed', async () => {
    expect(
      await judge([large], { limits: { maxCertificateSize: 2_000_000, maxChainSize: 2_000_000 } }),
    ).toEqual(['accepted', 1])
  })

  test('full of names is not more than a mismatch', async () => {
    const names = Array.from({ length: 60_000 }, (_, i) => `host-${i}.example`)
    const many = makeServer(root, { names: [], extensions: [make.subjectAltName(names)] })
    expect(many.der.length).toBeGreaterThan(1_000_000)
    expect(
      await judge([many], { limits: { maxCertificateSize: 2_000_000, maxChainSize: 2_000_000 } }),
    ).toEqual(['ERR_X509_NAME_MISMATCH', 0])
  })
})

describe('name constraints with 10,000 entries', () => {
  const subtrees = Array.from({ length: 10_000 }, (_, i) => `dns:d${i}.example`)
  const constrained = makeAuthority(root, {
    extensions: [make.nameConstraints({ permitted: ['dns:example.com'], excluded: subtrees })],
  })
  const limits = { maxCertificateSize: 1_000_000, maxChainSize: 1_000_000 }

  test('are larger than allowed', async () => {
    expect(await judge([makeServer(constrained), constrained])).toEqual(['ERR_X509_CERTIFICATE_TOO_LARGE', 0])
  })

  test('are compared where that is allowed', async () => {
    expect(await judge([makeServer(constrained), constrained], { limits })).toEqual(['accepted', 2])
  })

  test('with many names end at the comparisons that are allowed', async () => {
    const names = ['example.com', ...Array.from({ length: 30 }, (_, i) => `n${i}.example.com`)]
    expect(await judge([makeServer(constrained, { names }), constrained], { limits })).toEqual([
      'ERR_X509_TOO_MANY_NAMES',
      2,
    ])
  })
})
