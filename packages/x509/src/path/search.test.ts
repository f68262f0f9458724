import { describe, expect, test } from 'vitest'
import { chainOf, makeAuthority, makeRoot, makeServer, type Issued } from '../fixtures/certificates.ts'
import { authorityKeyIdentifier, basicConstraints, extension, keyUsage } from '../fixtures/extensions.ts'
import { keyNamed } from '../fixtures/keys.ts'
import { outcome, provider, verify } from '../fixtures/verify.ts'
import type { VerifyChainOptions } from './options.ts'

const root = makeRoot()
const top = makeAuthority(root, { subject: 'Top' })
const below = makeAuthority(top, { subject: 'Below' })
const server = makeServer(below)
const [serverDer, belowDer, topDer] = [server.der, below.der, top.der]

const present = (chain: readonly Uint8Array[], options?: Partial<VerifyChainOptions>) =>
  verify(server, root, { chain, ...options })

describe('the order of what is presented (RFC 9846 §4.5.1)', () => {
  test.each([
    ['in order', [serverDer, belowDer, topDer]],
    ['the other way round', [serverDer, topDer, belowDer]],
    ['with the root', [serverDer, belowDer, topDer, root.der]],
    ['twice', [serverDer, belowDer, belowDer, topDer, topDer]],
    ['with the end entity again', [serverDer, serverDer, belowDer, topDer]],
    ['with a certificate of somebody else', [serverDer, makeRoot({ subject: 'Else' }).der, belowDer, topDer]],
    ['with something that is no certificate', [serverDer, Uint8Array.of(1, 2, 3), belowDer, topDer]],
  ])('%s', async (_, chain) => {
    const verdict = await present(chain)
    expect(verdict.ok && verdict.path.map(({ der }) => der)).toEqual([serverDer, belowDer, topDer, root.der])
  })

  test('the first one is the end entity', async () => {
    expect(await outcome(present([belowDer, serverDer, topDer]))).toBe('ERR_X509_CA_AS_END_ENTITY')
  })
})

describe('no path', () => {
  test.each<[string, Partial<VerifyChainOptions>, string]>([
    ['nothing presented', { chain: [] }, 'ERR_X509_EMPTY_CHAIN'],
    ['an issuer is missing', { chain: [serverDer, belowDer] }, 'ERR_X509_UNKNOWN_ISSUER'],
    ['no anchors', { anchors: [] }, 'ERR_X509_UNKNOWN_ISSUER'],
    [
      'a root that is no anchor',
      { chain: [serverDer, belowDer, topDer, root.der], anchors: [] },
      'ERR_X509_SELF_SIGNED',
    ],
    [
      'an anchor of that name with another key',
      { anchors: [makeRoot({ key: keyNamed('impostor') }).der] },
      'ERR_X509_KEY_IDENTIFIER',
    ],
    ['an end entity that does not parse', { chain: [Uint8Array.of(0x30, 0)] }, 'ERR_X509_MALFORMED'],
  ])('%s', async (_, options, reason) => {
    expect(await outcome(present(chainOf(server), { profile: 'private', ...options }))).toBe(reason)
  })

  describe('an anchor of the issuer’s name that is no authority', () => {
    const namesake = (key: string) => makeServer(undefined, { subject: 'Root', key: keyNamed(key) }).der

    test('and has not signed is a bystander: the issuer is unknown', async () => {
      const refused = present(chainOf(server), { anchors: [namesake('bystander')], profile: 'private' })
      expect(await refused).toMatchObject({ reason: 'ERR_X509_UNKNOWN_ISSUER', subject: 'CN=Top' })
      const own = makeServer(undefined, { subject: 'Root', key: keyNamed('own') })
      const alone = verify(own, root, { anchors: [namesake('bystander')], profile: 'private' })
      expect(await outcome(alone)).toBe('ERR_X509_SELF_SIGNED')
    })

    test('but has signed is at fault', async () => {
      const refused = present(chainOf(server), { anchors: [namesake('Root')], profile: 'private' })
      expect(await refused).toMatchObject({ reason: 'ERR_X509_NOT_A_CA', position: 'anchor' })
    })

    test('does not stand in the way of the one that has', async () => {
      expect(await outcome(present(chainOf(server), { anchors: [namesake('bystander'), root.der] }))).toBe(
        'accepted',
      )
    })
  })

  test('a certificate that another key signed', async () => {
    const impostor = makeAuthority(top, { subject: 'Below', key: keyNamed('impostor') })
    const forged = makeServer(
      { ...impostor, keyIdentifier: below.keyIdentifier },
      { extensions: [authorityKeyIdentifier(below.keyIdentifier)] },
    )
    expect(await verify(forged, root, { chain: [forged.der, belowDer, topDer] })).toMatchObject({
      reason: 'ERR_X509_BAD_SIGNATURE',
      position: 0,
    })
  })

  test('of several attempts, the one that got furthest is told', async () => {
    const expired = makeAuthority(top, { subject: 'Below', key: below.key, notAfter: new Date('2026-02-01') })
    const verdict = await present([serverDer, expired.der, topDer])
    expect(verdict).toMatchObject({ reason: 'ERR_X509_EXPIRED', position: 1, subject: 'CN=Below' })
  })

  test('a certificate that does not parse is not silently missing', async () => {
    const broken = belowDer.slice(0, -1)
    expect(await present([serverDer, broken, topDer])).toMatchObject({
      reason: 'ERR_X509_UNKNOWN_ISSUER',
      found: expect.stringMatching(/^certificate 1 is malformed: /) as string,
    })
  })
})

describe('several candidates', () => {
  test('one that fails is no reason to give up: an expired cross-sign', async () => {
    const otherRoot = makeRoot({ subject: 'Other root', key: keyNamed('other root') })
    const cross = makeAuthority(otherRoot, { subject: 'Top', key: top.key, notAfter: new Date('2026-02-01') })
    expect(
      await outcome(
        present([serverDer, belowDer, cross.der, topDer], { anchors: [otherRoot.der, root.der] }),
      ),
    ).toBe('accepted')
  })

  test('a cross-signed root leads to the old anchor, and to itself where it is one', async () => {
    const newRoot = makeRoot({ subject: 'New root', key: keyNamed('new root') })
    const crossed = makeAuthority(root, { subject: 'New root', key: newRoot.key })
    const own = makeServer(newRoot)
    const chain = [own.der, crossed.der]
    expect(await outcome(verify(own, root, { chain }))).toBe('accepted')
    const verdict = await verify(own, newRoot, { chain })
    expect(verdict.ok && verdict.path).toHaveLength(2)
  })

  test('a path that fails as a whole is no reason to give up', async () => {
    const narrow = makeAuthority(root, {
      subject: 'Top',
      key: top.key,
      extensions: [basicConstraints(true, 0)],
    })
    expect(await outcome(present([serverDer, belowDer, narrow.der, topDer]))).toBe('accepted')
    expect(await outcome(present([serverDer, belowDer, narrow.der]))).toBe('ERR_X509_PATH_LENGTH')
  })

  test('those whose key identifier fits come first', async () => {
    const decoys = Array.from(
      { length: 40 },
      (_, i) => makeAuthority(top, { subject: 'Below', key: keyNamed(`decoy ${i}`) }).der,
    )
    const limits = { maxSignatureChecks: 3, maxCandidates: 200 }
    expect(await outcome(present([serverDer, ...decoys, belowDer, topDer], { limits }))).toBe('accepted')
  })

  test('a malformed key identifier of a candidate is its own problem', async () => {
    const broken = makeAuthority(top, {
      subject: 'Below',
      extensions: [extension('2.5.29.14', Uint8Array.of(1))],
    })
    expect(await outcome(present([serverDer, broken.der, belowDer, topDer]))).toBe('accepted')
  })
})

describe('loops end', () => {
  test('two authorities that certify each other', async () => {
    const [a, b] = [keyNamed('loop a'), keyNamed('loop b')]
    const rootA = makeRoot({ subject: 'A', key: a })
    const bByA = makeAuthority(rootA, { subject: 'B', key: b })
    const aByB = makeAuthority(bByA, { subject: 'A', key: a })
    const own = makeServer(bByA)
    expect(await outcome(verify(own, root, { chain: [own.der, bByA.der, aByB.der] }))).toBe(
      'ERR_X509_UNKNOWN_ISSUER',
    )
  })

  test('an authority that certifies itself under a new key, and back', async () => {
    const [a, b] = [keyNamed('self a'), keyNamed('self b')]
    const first = makeRoot({ subject: 'Self', key: a })
    const second = makeAuthority(first, { subject: 'Self', key: b })
    const back = makeAuthority(second, { subject: 'Self', key: a })
    const own = makeServer(second)
    const verdict = await verify(own, root, {
      chain: [own.der, first.der, second.der, back.der],
      profile: 'private',
    })
    expect(verdict.ok).toBe(false)
  })
})

describe('limits', () => {
  const deep = (depth: number): Issued => {
    let at = root
    for (let i = 0; i < depth; i++) at = makeAuthority(at, { subject: `Depth ${i}`, key: keyNamed('deep') })
    return makeServer(at)
  }

  test.each([
    [8, undefined, 'accepted'],
    [9, undefined, 'ERR_X509_PATH_TOO_LONG'],
    [9, 9, 'accepted'],
    [1, 0, 'ERR_X509_PATH_TOO_LONG'],
    [0, 0, 'accepted'],
  ])('%i authorities, maxDepth %s: %s', async (depth, maxDepth, expected) => {
    const limits = maxDepth === undefined ? {} : { maxDepth }
    expect(await outcome(verify(deep(depth), root, { limits }))).toBe(expected)
  })

  test('maxCertificates', async () => {
    const limits = { maxCertificates: 3 }
    expect(await outcome(present([serverDer, belowDer, topDer], { limits }))).toBe('accepted')
    expect(await present([serverDer, belowDer, topDer, root.der], { limits })).toMatchObject({
      reason: 'ERR_X509_TOO_MANY_CERTIFICATES',
      expected: 'at most 3',
      found: '4',
    })
  })

  test('maxCertificateSize', async () => {
    const limits = { maxCertificateSize: belowDer.length - 1 }
    expect(await present([serverDer.slice(0, 10), belowDer], { limits })).toMatchObject({
      reason: 'ERR_X509_CERTIFICATE_TOO_LARGE',
      found: `${belowDer.length} bytes in certificate 1`,
    })
  })

  test('maxSignatureChecks and maxCandidates end the search, whatever else it might find', async () => {
    expect(await outcome(present(chainOf(server), { limits: { maxSignatureChecks: 2 } }))).toBe(
      'ERR_X509_TOO_MANY_SIGNATURES',
    )
    expect(await outcome(present(chainOf(server), { limits: { maxSignatureChecks: 3 } }))).toBe('accepted')
    expect(await outcome(present(chainOf(server), { limits: { maxCandidates: 2 } }))).toBe(
      'ERR_X509_TOO_MANY_CANDIDATES',
    )
  })

  test('a signature is verified once for a key, however many paths lead there', async () => {
    const copies = Array.from({ length: 10 }, () => makeAuthority(top, { subject: 'Below' }).der)
    let checks = 0
    const counting = {
      ...provider,
      signatures: provider.signatures.map((algorithm) => ({
        ...algorithm,
        verify: (...args: Parameters<typeof algorithm.verify>) => {
          checks++
          return algorithm.verify(...args)
        },
      })),
    }
    await verify(server, root, { chain: [serverDer, ...copies], provider: counting })
    expect(checks).toBe(1)
  })
})

test('keys and signatures of different kinds make one path', async () => {
  const kinds = ['rsa2048', 'p384', 'ed25519', 'p521', 'ed448', 'rsaPss'] as const
  let at = makeRoot({ subject: 'Kinds', key: keyNamed('kinds', 'p256') })
  const own = at
  for (const kind of kinds) at = makeAuthority(at, { subject: kind, key: keyNamed('kinds', kind) })
  expect(await outcome(verify(makeServer(at), own))).toBe('accepted')
})

test('an authority whose key is not for certificates is none, and the anchor’s own usage counts', async () => {
  const own = makeRoot({ extensions: [keyUsage(6)] })
  expect(await verify(makeServer(own), own)).toMatchObject({
    reason: 'ERR_X509_KEY_USAGE',
    position: 'anchor',
  })
})
