import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { chainOf, makeAuthority, makeRoot, makeServer, now, type Issued } from '../fixtures/certificates.ts'
import { basicConstraints, keyUsage } from '../fixtures/extensions.ts'
import { keyNamed } from '../fixtures/keys.ts'
import { outcome, provider } from '../fixtures/verify.ts'
import { callback, unsafeAcceptAny } from './callback.ts'
import { anchorVerifier, chainVerifier } from './chainVerifier.ts'
import { pinned } from './pinned.ts'
import { spiffe } from './spiffe.ts'
import { trustOnFirstUse, type KeyStore } from './trustOnFirstUse.ts'
import type { CertificateVerifier, VerifierInput } from './verifier.ts'

const root = makeRoot()
const authority = makeAuthority(root)
const server = makeServer(authority)
const pin = ({ key }: Issued): string => createHash('sha256').update(key.spki).digest('base64')

const input = (endEntity: Issued, changes: Partial<VerifierInput> = {}): VerifierInput => ({
  chain: chainOf(endEntity),
  purpose: 'server',
  serverName: 'example.com',
  time: now,
  provider,
  ...changes,
})
const judge = (
  verifier: CertificateVerifier,
  endEntity: Issued,
  changes?: Partial<VerifierInput>,
): Promise<string> => outcome(verifier.verify(input(endEntity, changes)))
const noHash = { ...provider, hashes: [] }
const brokenHash = {
  ...provider,
  hashes: provider.hashes.map((hash) => ({ ...hash, digest: () => Promise.reject(new Error('gone')) })),
}

describe('chainVerifier', () => {
  const verifier = chainVerifier({ anchors: [root.der] })

  test('verifies by the name that was connected to', async () => {
    expect(await judge(verifier, server)).toBe('accepted')
    expect(await judge(verifier, server, { serverName: 'example.org' })).toBe('ERR_X509_NAME_MISMATCH')
    expect(await judge(verifier, server, { serverName: undefined })).toBe('ERR_X509_BAD_REFERENCE_NAME')
  })

  test('a fixed name takes its place', async () => {
    const fixed = chainVerifier({ anchors: [root.der], serverName: 'example.com' })
    expect(await judge(fixed, server, { serverName: 'example.org' })).toBe('accepted')
  })

  test('no name is asked for where the caller says so', async () => {
    const anyName = chainVerifier({ anchors: [root.der], unsafeIgnoreName: true })
    expect(await judge(anyName, server, { serverName: 'example.org' })).toBe('accepted')
  })

  test('a client is asked for no name', async () => {
    const client = makeServer(authority, { without: ['2.5.29.37'] })
    expect(await judge(verifier, client, { purpose: 'client', serverName: 'anything' })).toBe('accepted')
  })

  test('identity is equal for equal trust, and for no other', () => {
    const [other, constrained] = [
      makeRoot({ key: keyNamed('other') }),
      { subject: root.subject, spki: root.key.spki },
    ]
    const identities = [
      chainVerifier({ anchors: [root.der] }),
      chainVerifier({ anchors: [other.der] }),
      chainVerifier({ anchors: [root.der, other.der] }),
      chainVerifier({ anchors: [root.der], profile: 'private' }),
      chainVerifier({ anchors: [root.der], serverName: 'a' }),
      chainVerifier({ anchors: [root.der], unsafeIgnoreName: true }),
      chainVerifier({ anchors: [root.der], names: { isPublicSuffix: () => false } }),
      chainVerifier({ anchors: [root.der], names: { isPublicSuffix: (domain) => domain === 'com' } }),
      chainVerifier({ anchors: [constrained] }),
      chainVerifier({ anchors: [root.der], checks: [{ identity: 'x', check: () => undefined }] }),
    ].map(({ identity }) => identity)
    expect(new Set(identities).size).toBe(identities.length)
    expect(chainVerifier({ anchors: [other.der, root.der] }).identity).toBe(identities[2])
  })

  test('anchorVerifier is the same in profile private', async () => {
    const casual = makeServer(authority, { extensions: [basicConstraints(true)] })
    expect(await judge(chainVerifier({ anchors: [root.der] }), casual)).toBe('ERR_X509_CA_AS_END_ENTITY')
    const verifiers = [anchorVerifier([root.der]), chainVerifier({ anchors: [root.der], profile: 'private' })]
    for (const each of verifiers) expect(await judge(each, casual)).toBe('accepted')
    const checks = [{ identity: 'no', check: () => ({ reason: 'ERR_X509_REVOKED' }) as const }]
    expect(await judge(anchorVerifier([root.der], checks), casual)).toBe('ERR_X509_REVOKED')
    expect(anchorVerifier([root.der], checks).identity).not.toBe(anchorVerifier([root.der]).identity)
  })

  test('wants what its checks want', () => {
    expect(verifier.wants).toEqual({ ocspResponse: false, signedCertificateTimestamps: false })
    const wants = { ocspResponse: true }
    const checks = [{ identity: 'x', wants, check: () => undefined }]
    expect(chainVerifier({ anchors: [], checks }).wants).toEqual({
      ...wants,
      signedCertificateTimestamps: false,
    })
  })

  test('throws for anchors and options that are none', () => {
    expect(() => chainVerifier({ anchors: [Uint8Array.of(1)] })).toThrow(/malformed/)
    expect(() => chainVerifier(Object.assign({ anchors: [] }, { trust: true }))).toThrow(
      /unknown option "trust"/,
    )
  })
})

describe('raw public keys (RFC 7250)', () => {
  const raw = { chain: [], rawPublicKey: server.key.spki }
  const store = (): KeyStore => {
    const known = new Map<string, string>()
    return {
      identity: 'map',
      recall: (name, hash) => known.set(name, known.get(name) ?? hash).get(name) ?? '',
    }
  }
  const verifiers = (rawPublicKeys?: 'accepted' | 'required'): readonly CertificateVerifier[] => {
    const options = rawPublicKeys ? { rawPublicKeys } : {}
    return [pinned([pin(server)], options), trustOnFirstUse(store(), options), unsafeAcceptAny(options)]
  }

  test('are taken by who says so, and judged as the key of a certificate is', async () => {
    for (const verifier of [...verifiers('accepted'), ...verifiers('required')]) {
      const verdict = await verifier.verify(input(server, raw))
      expect(verdict).toEqual({ ok: true, path: [], anchor: undefined, publicKey: server.key.spki })
    }
    for (const verifier of verifiers('accepted')) expect(await judge(verifier, server)).toBe('accepted')
  })

  test('are taken by nobody else', async () => {
    for (const verifier of [
      ...verifiers(),
      chainVerifier({ anchors: [root.der] }),
      spiffe({ ids: ['spiffe://example.com/x'], anchors: [root.der] }),
    ])
      expect(await judge(verifier, server, raw)).toBe('ERR_X509_EMPTY_CHAIN')
  })

  test('where they are required, certificates are refused', async () => {
    for (const verifier of verifiers('required'))
      expect(await judge(verifier, server)).toBe('ERR_X509_REFUSED')
  })

  test('of another peer are refused', async () => {
    const other = { chain: [], rawPublicKey: keyNamed('other').spki }
    expect(await judge(pinned([pin(server)], { rawPublicKeys: 'accepted' }), server, other)).toBe(
      'ERR_X509_NOT_PINNED',
    )
    const first = trustOnFirstUse(store(), { rawPublicKeys: 'accepted' })
    expect(await judge(first, server, raw)).toBe('accepted')
    expect(await judge(first, server)).toBe('accepted')
    expect(await judge(first, server, other)).toBe('ERR_X509_KEY_CHANGED')
  })

  test('must parse', async () => {
    for (const rawPublicKey of [Uint8Array.of(1), Uint8Array.from([...server.key.spki, 0]), server.der])
      for (const verifier of verifiers('accepted'))
        expect(await judge(verifier, server, { chain: [], rawPublicKey })).toMatch(/^ERR_X509_/)
  })

  test('are part of a verifier’s identity, and do not go with a path', () => {
    const identities = [undefined, 'accepted', 'required'] as const
    expect(new Set(identities.flatMap((item) => verifiers(item).map(({ identity }) => identity))).size).toBe(
      9,
    )
    const within = chainVerifier({ anchors: [root.der] })
    expect(() => pinned([pin(server)], { within, rawPublicKeys: 'accepted' })).toThrow(/raw public keys/)
  })
})

describe('pinned', () => {
  test('accepts the key, whatever else there is', async () => {
    const verifier = pinned([pin(server)])
    expect(await judge(verifier, server, { serverName: 'example.org', time: new Date(0) })).toBe('accepted')
    expect(await judge(verifier, makeServer(authority, { key: keyNamed('other') }))).toBe(
      'ERR_X509_NOT_PINNED',
    )
  })

  test.each([
    (text: string) => `sha256/${text}`,
    (text: string) => text.slice(0, -1),
    (text: string) => text.replaceAll('+', '-').replaceAll('/', '_'),
  ])('takes pins as they are found', async (write) => {
    expect(await judge(pinned([pin(root), write(pin(server))]), server)).toBe('accepted')
  })

  test('within another verifier: on top of it, and anywhere on the path', async () => {
    const within = chainVerifier({ anchors: [root.der] })
    for (const on of [server, authority, root])
      expect(await judge(pinned([pin(on)], { within }), server)).toBe('accepted')
    const verifier = pinned([pin(server)], { within })
    expect(await judge(verifier, server, { serverName: 'example.org' })).toBe('ERR_X509_NAME_MISMATCH')
    expect(await judge(pinned([pin(makeRoot({ key: keyNamed('x') }))], { within }), server)).toBe(
      'ERR_X509_NOT_PINNED',
    )
    expect(verifier.wants).toEqual(within.wants)
    expect(await judge(verifier, server, { provider: noHash })).toBe('ERR_X509_PROVIDER')
  })

  test('throws for what is no pin', () => {
    for (const pins of [[], [''], ['sha1/AAAA'], ['not base64']]) expect(() => pinned(pins)).toThrow(/pin/)
  })

  test.each([noHash, brokenHash])('a provider without a working SHA-256 is no exception', async (broken) => {
    expect(await judge(pinned([pin(server)]), server, { provider: broken })).toBe('ERR_X509_PROVIDER')
  })
})

describe('trustOnFirstUse', () => {
  const store = (known = new Map<string, string>()): KeyStore => ({
    identity: 'memory',
    recall: (name, hash) => {
      if (!known.has(name)) known.set(name, hash)
      return known.get(name) ?? hash
    },
  })

  test('believes the first key, and from then on no other', async () => {
    const verifier = trustOnFirstUse(store())
    const other = makeServer(authority, { key: keyNamed('other') })
    expect(await judge(verifier, server)).toBe('accepted')
    expect(await judge(verifier, server, { serverName: 'EXAMPLE.com' })).toBe('accepted')
    expect(await judge(verifier, other)).toBe('ERR_X509_KEY_CHANGED')
    expect(await judge(verifier, other, { serverName: 'example.com.' })).toBe('ERR_X509_KEY_CHANGED')
    expect(await judge(verifier, other, { serverName: 'example.org' })).toBe('accepted')
  })

  test('needs a name to remember the peer by', async () => {
    expect(await judge(trustOnFirstUse(store()), server, { serverName: undefined })).toBe(
      'ERR_X509_BAD_REFERENCE_NAME',
    )
  })

  test('a store that fails refuses', async () => {
    const failing = { identity: 'x', recall: () => Promise.reject(new Error('disk full')) }
    expect(await judge(trustOnFirstUse(failing), server)).toBe('ERR_X509_REFUSED')
  })
})

describe('spiffe', () => {
  const workload = (names: readonly string[], options = {}) =>
    makeServer(authority, { names, subject: 'O=SPIRE', ...options })
  const id = 'spiffe://example.org/service/a'
  const verifier = (...ids: readonly string[]) => spiffe({ ids, anchors: [root.der] })

  test.each([
    ['the ID', [id], [`uri:${id}`], 'accepted'],
    ['an ID of its trust domain', ['spiffe://example.org'], [`uri:${id}`], 'accepted'],
    ['one of several IDs', ['spiffe://example.org/b', id], [`uri:${id}`], 'accepted'],
    ['the ID, and DNS names', [id], ['a.example', `uri:${id}`], 'accepted'],
    ['another ID', ['spiffe://example.org/service'], [`uri:${id}`], 'ERR_X509_NAME_MISMATCH'],
    ['another trust domain', ['spiffe://example.or'], [`uri:${id}`], 'ERR_X509_NAME_MISMATCH'],
    ['two IDs (SVID §2)', [id], [`uri:${id}`, `uri:${id}`], 'ERR_X509_NAME_MISMATCH'],
    ['no ID', [id], ['a.example'], 'ERR_X509_NAME_MISMATCH'],
    ['an ID in another case', [id], ['uri:spiffe://example.org/service/A'], 'ERR_X509_NAME_MISMATCH'],
    ['something like an ID', [id], [`uri:${id}?x`], 'ERR_X509_NAME_MISMATCH'],
  ])('%s', async (_, ids, names, expected) => {
    expect(await judge(verifier(...ids), workload(names), { serverName: '192.0.2.1' })).toBe(expected)
  })

  test('a signing certificate is no workload (SVID §4.2)', async () => {
    const signing = workload([`uri:${id}`], { extensions: [keyUsage(0, 5), basicConstraints(true)] })
    expect(await judge(verifier(id), signing)).toBe('ERR_X509_CA_AS_END_ENTITY')
    const authorityOnly = workload([`uri:${id}`], {
      extensions: [basicConstraints(true)],
      without: ['2.5.29.15'],
    })
    expect(await judge(verifier(id), authorityOnly)).toBe('ERR_X509_CA_AS_END_ENTITY')
  })

  test('a chain that is not valid stays so', async () => {
    expect(await judge(spiffe({ ids: [id], anchors: [] }), workload([`uri:${id}`]))).toBe(
      'ERR_X509_UNKNOWN_ISSUER',
    )
  })

  test.each([
    '',
    'https://example.org',
    'spiffe://',
    'spiffe://Example.org',
    'spiffe://example.org/',
    'spiffe://example.org//a',
    'spiffe://example.org/../a',
    'spiffe://example.org/a%20b',
    'spiffe://u@example.org',
    'spiffe://example.org:80/a',
  ])('%j is no ID', (text) => {
    expect(() => verifier(text)).toThrow(/not a SPIFFE ID/)
  })

  test('no IDs at all are refused', () => {
    expect(() => verifier()).toThrow(/not a SPIFFE ID/)
  })
})

describe('callback', () => {
  const answering = (answer: () => boolean | string | Promise<boolean>) =>
    callback(answer, { identity: 'test' })

  test('decides', async () => {
    expect(
      await judge(
        answering(() => true),
        server,
      ),
    ).toBe('accepted')
    expect(
      await judge(
        answering(() => Promise.resolve(true)),
        server,
      ),
    ).toBe('accepted')
    expect(
      await judge(
        answering(() => false),
        server,
      ),
    ).toBe('ERR_X509_REFUSED')
  })

  test('may say why', async () => {
    expect(await answering(() => 'not today').verify(input(server))).toMatchObject({
      reason: 'ERR_X509_REFUSED',
      found: 'not today',
    })
  })

  test('that throws refuses', async () => {
    const cause = new Error('oops')
    const verifier = answering(() => Promise.reject(cause))
    expect(await verifier.verify(input(server))).toMatchObject({ reason: 'ERR_X509_REFUSED', cause })
  })

  test('sees the parsed certificate', async () => {
    const verifier = callback(({ subject }) => subject.text === 'CN=example.com', { identity: 'by subject' })
    expect(await judge(verifier, server)).toBe('accepted')
  })
})

describe.each([
  ['pinned', pinned([pin(server)])],
  ['trustOnFirstUse', trustOnFirstUse({ identity: 'x', recall: (_, hash) => hash })],
  ['callback', callback(() => true, { identity: 'x' })],
  ['unsafeAcceptAny', unsafeAcceptAny()],
  ['chainVerifier', chainVerifier({ anchors: [] })],
])('%s answers hostile input with a verdict', (_, verifier) => {
  test.each([
    ['no certificates', [], 'ERR_X509_EMPTY_CHAIN'],
    ['no certificate', [Uint8Array.of(1, 2)], 'ERR_X509_MALFORMED'],
    ['a very large certificate', [new Uint8Array(100_000)], 'ERR_X509_CERTIFICATE_TOO_LARGE'],
  ])('%s', async (__, chain, reason) => {
    expect(await judge(verifier, server, { chain })).toBe(reason)
  })
})

test('unsafeAcceptAny accepts', async () => {
  expect(await judge(unsafeAcceptAny(), makeServer(undefined))).toBe('accepted')
})
