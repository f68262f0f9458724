import { describe, expect, test } from 'vitest'
import { chainOf, makeAuthority, makeRoot, makeServer, now } from '../fixtures/certificates.ts'
import { purposes, extendedKeyUsage } from '../fixtures/extensions.ts'
import { keyNamed } from '../fixtures/keys.ts'
import { outcome, provider, verify } from '../fixtures/verify.ts'
import { isX509Error } from '../X509Error.ts'
import type { VerifyChainOptions } from './options.ts'
import type { PathCheck } from './pathCheck.ts'
import { trustAnchor } from './trustAnchor.ts'
import { verifyCertificateChain } from './verifyCertificateChain.ts'

const root = makeRoot()
const authority = makeAuthority(root)
const server = makeServer(authority)
const good: VerifyChainOptions = {
  chain: chainOf(server),
  anchors: [root.der],
  time: now,
  purpose: 'server',
  name: 'example.com',
  provider,
}

describe('acceptance', () => {
  test('answers with the path, the anchor and the key', async () => {
    const verdict = await verifyCertificateChain(good)
    expect(verdict).toMatchObject({ ok: true, publicKey: server.key.spki })
    expect(verdict.ok && verdict.path.map(({ der }) => der)).toEqual([...chainOf(server), root.der])
    expect(verdict.ok && verdict.anchor?.certificate?.der).toEqual(root.der)
  })

  test('an anchor that is a name and a key stands on no path', async () => {
    const verdict = await verifyCertificateChain({
      ...good,
      anchors: [{ subject: root.subject, spki: root.key.spki }],
    })
    expect(verdict.ok && verdict.path).toHaveLength(2)
    expect(verdict.ok && verdict.anchor).toMatchObject({
      certificate: undefined,
      subject: { text: 'CN=Root' },
    })
  })

  test.each([
    ['DER', root.der],
    ['an anchor made before', trustAnchor(root.der)],
    ['a parsed certificate', trustAnchor(root.der).certificate],
  ])('anchors may be given as %s', async (_, anchor) => {
    expect(await outcome(verifyCertificateChain({ ...good, anchors: anchor ? [anchor] : [] }))).toBe(
      'accepted',
    )
  })

  test('an intermediate may be an anchor', async () => {
    expect(await outcome(verifyCertificateChain({ ...good, anchors: [authority.der] }))).toBe('accepted')
  })

  test('what is given is not kept: bytes may change afterwards', async () => {
    const chain = chainOf(server).map((der) => der.slice())
    const verdict = await verifyCertificateChain({ ...good, chain })
    for (const der of chain) der.fill(0)
    expect(verdict.ok && verdict.path[0]?.der).toEqual(server.der)
  })
})

describe('the name', () => {
  test('must be given for servers', async () => {
    expect(await outcome(verifyCertificateChain({ ...good, name: undefined }))).toBe(
      'ERR_X509_BAD_REFERENCE_NAME',
    )
  })

  test('is not asked for where the caller says so', async () => {
    expect(await outcome(verifyCertificateChain({ ...good, name: undefined, unsafeIgnoreName: true }))).toBe(
      'accepted',
    )
  })

  test('is checked if it is given, all the same', async () => {
    const options = { ...good, name: 'example.org', unsafeIgnoreName: true }
    expect(await outcome(verifyCertificateChain(options))).toBe('ERR_X509_NAME_MISMATCH')
  })

  test('of clients nobody expects one', async () => {
    const client = makeServer(authority, { extensions: [extendedKeyUsage(purposes.client)] })
    const options = { ...good, chain: chainOf(client), purpose: 'client', name: undefined } as const
    expect(await outcome(verifyCertificateChain(options))).toBe('accepted')
  })
})

describe('checks beyond RFC 5280', () => {
  const withCheck = (check: PathCheck['check'], options: Partial<VerifyChainOptions> = {}) =>
    verifyCertificateChain({ ...good, ...options, checks: [{ identity: 'test', check }] })

  test('see the path and what came with it', async () => {
    const seen: unknown[] = []
    const ocspResponse = Uint8Array.of(1)
    await withCheck(
      (path, context) => {
        seen.push(path.certificates.length, context.ocspResponse, context.scts, context.time)
        return undefined
      },
      { ocspResponse },
    )
    expect(seen).toEqual([2, ocspResponse, undefined, now.getTime()])
  })

  test('refuse with a reason of theirs', async () => {
    expect(await withCheck(() => ({ reason: 'ERR_X509_REVOKED', found: 'yesterday' }))).toMatchObject({
      reason: 'ERR_X509_REVOKED',
      position: 0,
      found: 'yesterday',
    })
  })

  test('refuse with what they throw', async () => {
    const cause = new TypeError('oops')
    const verdict = await withCheck(() => {
      throw cause
    })
    expect(verdict).toMatchObject({ reason: 'ERR_X509_REFUSED', cause })
  })

  test('verify signatures within the budget', async () => {
    const { certificate } = trustAnchor(authority.der)
    const anchor = trustAnchor(root.der)
    if (!certificate) throw new Error('no certificate')
    const { signatureAlgorithm: algorithm, tbs: data, signature } = certificate
    const check: PathCheck['check'] = (_, { verify: verifySignature }) =>
      verifySignature({ algorithm, data, signature }, anchor.publicKey)
    expect(await outcome(withCheck(check))).toBe('accepted')
    expect(await outcome(withCheck(check, { limits: { maxSignatureChecks: 2 } }))).toBe(
      'ERR_X509_TOO_MANY_SIGNATURES',
    )
    const wrong: PathCheck['check'] = (_, { verify: verifySignature }) =>
      verifySignature({ algorithm, data: signature, signature }, anchor.publicKey)
    expect(await outcome(withCheck(wrong))).toBe('ERR_X509_BAD_SIGNATURE')
  })

  test('apply to an end entity that is an anchor', async () => {
    const own = makeServer(undefined)
    const checks = [{ identity: 'test', check: () => ({ reason: 'ERR_X509_REVOKED' }) as const }]
    expect(await outcome(verify(own, own, { checks }))).toBe('ERR_X509_REVOKED')
  })
})

describe('options that can not be honoured throw', () => {
  test.each<[string, object]>([
    ['an unknown option', { chane: [] }],
    ['an unknown limit', { limits: { maxSize: 1 } }],
    ['a limit that is no number', { limits: { maxDepth: Number.NaN } }],
    ['a limit below 0', { limits: { maxDepth: -1 } }],
    ['a limit that is undefined', { limits: { maxDepth: undefined } }],
    ['an unknown signature policy', { signatures: { minBits: 1 } }],
    ['a floor that is undefined', { signatures: { minRsaBits: undefined } }],
    ['hashes that are no list', { signatures: { hashes: 'sha256' } }],
    ['an unknown option of names', { names: { publicSuffixes: [] } }],
    ['public suffixes that are no function', { names: { isPublicSuffix: ['com'] } }],
    ['an unknown option of policies', { policies: { acceptible: ['2.23.140.1.2.1'] } }],
    ['an option that every object has', { policies: { toString: true } }],
    ['a policy option that is no boolean', { policies: { requireExplicit: 1 } }],
    ['an unknown purpose', { purpose: 'Server', name: undefined }],
    ['a purpose that every object has', { purpose: 'constructor', name: undefined }],
    ['an unknown profile', { profile: 'lax' }],
    ['a time that is none', { time: new Date(Number.NaN) }],
  ])('%s', async (_, options) => {
    await expect(verifyCertificateChain({ ...good, ...options })).rejects.toMatchObject({
      name: 'X509Error',
      code: 'ERR_X509_OPTIONS',
    })
  })

  test('an anchor that does not parse', async () => {
    const error: unknown = await verifyCertificateChain({ ...good, anchors: [Uint8Array.of(1)] }).catch(
      (caught: unknown) => caught,
    )
    expect(isX509Error(error) && error.code).toBe('ERR_X509_MALFORMED')
  })
})

test('messages say who, what, what was expected and what was found', async () => {
  const old = makeServer(makeAuthority(root, { notAfter: new Date('2026-02-01T00:00:00Z') }))
  expect(await verify(old, root)).toEqual({
    ok: false,
    reason: 'ERR_X509_EXPIRED',
    position: 1,
    subject: 'CN=Authority',
    expected: 'a time until 2026-02-01T00:00:00Z',
    found: '2026-07-01T12:00:00Z',
    message:
      'certificate 1 (CN=Authority) has expired: expected a time until 2026-02-01T00:00:00Z, found 2026-07-01T12:00:00Z',
  })
})

test('policies of signatures reach every certificate', async () => {
  const strong = makeRoot({ key: keyNamed('strong', 'p384') })
  const weak = makeServer(makeAuthority(strong))
  expect(await verify(weak, strong, { signatures: { hashes: ['sha384'] } })).toMatchObject({
    reason: 'ERR_X509_WEAK_ALGORITHM',
    position: 0,
  })
})
