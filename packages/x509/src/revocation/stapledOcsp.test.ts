import { Tag, writeNull, writeOctetString } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import {
  makeAuthority,
  makeRoot,
  makeServer,
  now,
  type CertificateOptions,
} from '../fixtures/certificates.ts'
import * as make from '../fixtures/extensions.ts'
import { keyNamed, signers } from '../fixtures/keys.ts'
import { writeName } from '../fixtures/names.ts'
import { makeOcspResponse, singleResponse, type OcspOptions } from '../fixtures/revocation.ts'
import { outcome, provider, verify } from '../fixtures/verify.ts'
import { stapledOcsp, type StapledOcspOptions } from './stapledOcsp.ts'

const root = makeRoot()
const authority = makeAuthority(root)
const server = makeServer(authority)
const bad = 'ERR_X509_BAD_OCSP_RESPONSE'
const nonceType = '1.3.6.1.5.5.7.48.1.2'

const withResponse = (
  ocspResponse: Uint8Array | undefined,
  options?: StapledOcspOptions,
  endEntity = server,
) => verify(endEntity, root, { checks: [stapledOcsp(options)], ocspResponse })
const check = (options: OcspOptions) => outcome(withResponse(makeOcspResponse(server, options)))

describe('policy', () => {
  const good = makeOcspResponse(server)
  const revoked = makeOcspResponse(server, { status: 'revoked' })
  const mustStaple = makeServer(authority, { extensions: [make.tlsFeature(5)] })
  const rows: readonly [StapledOcspOptions['policy'], Uint8Array | undefined, string][] = [
    ['off', undefined, 'accepted'],
    ['off', revoked, 'accepted'],
    ['ifStapled', undefined, 'accepted'],
    ['ifStapled', good, 'accepted'],
    ['ifStapled', revoked, 'ERR_X509_REVOKED'],
    ['require', undefined, 'ERR_X509_STAPLE_MISSING'],
    ['require', good, 'accepted'],
    ['require', revoked, 'ERR_X509_REVOKED'],
  ]
  test.each(rows)('%s', async (policy = 'off', response, expected) => {
    expect(await outcome(withResponse(response, { policy }))).toBe(expected)
  })

  test('must-staple requires a response (RFC 7633 §4.3.3)', async () => {
    expect(await outcome(withResponse(undefined, {}, mustStaple))).toBe('ERR_X509_STAPLE_MISSING')
    expect(await outcome(withResponse(makeOcspResponse(mustStaple), {}, mustStaple))).toBe('accepted')
    const other = makeServer(authority, { extensions: [make.tlsFeature(17)] })
    expect(await outcome(withResponse(undefined, {}, other))).toBe('accepted')
  })

  test('an authority may say must-staple for what it issues (RFC 7633 §4.2.2)', async () => {
    const below = makeServer(makeAuthority(root, { extensions: [make.tlsFeature(5)] }))
    expect(await outcome(withResponse(undefined, {}, below))).toBe('ERR_X509_STAPLE_MISSING')
  })

  test('wants a response unless it is off', () => {
    expect(stapledOcsp().wants).toEqual({ ocspResponse: true })
    expect(stapledOcsp({ policy: 'off' }).wants).toEqual({ ocspResponse: false })
    expect(stapledOcsp().identity).not.toBe(stapledOcsp({ policy: 'require' }).identity)
  })

  test('an unknown policy or option throws', () => {
    expect(() => stapledOcsp({ policy: 'maybe' } as never)).toThrow(/stapledOcsp: maybe/)
    expect(() => stapledOcsp({ fetch: true } as never)).toThrow(/stapledOcsp: fetch/)
  })

  test('an end entity that is an anchor needs none', async () => {
    const own = makeServer(undefined)
    expect(await outcome(verify(own, own, { checks: [stapledOcsp({ policy: 'require' })] }))).toBe('accepted')
  })

  test('an anchor without certificate is an issuer like any other', async () => {
    const direct = makeServer(root)
    const anchors = [{ subject: root.subject, spki: root.key.spki }]
    const checks = [stapledOcsp({ policy: 'require' })]
    const ocspResponse = makeOcspResponse(direct)
    expect(await outcome(verify(direct, root, { anchors, checks, ocspResponse }))).toBe('accepted')
  })
})

describe('the answer', () => {
  test.each<[string, OcspOptions, string]>([
    ['good', {}, 'accepted'],
    ['good, the issuer named by SHA-256', { hash: 'sha256' }, 'accepted'],
    ['good, the responder named by its name', { byName: true }, 'accepted'],
    ['revoked', { status: 'revoked' }, 'ERR_X509_REVOKED'],
    ['unknown', { status: 'unknown' }, 'ERR_X509_REVOCATION_UNKNOWN'],
    ['about another certificate', { about: makeServer(authority) }, bad],
    ['about a certificate of another issuer', { about: { ...server, issuer: root } }, bad],
    ['good, but also revoked', { more: [singleResponse(server, { status: 'revoked' })] }, 'ERR_X509_REVOKED'],
    [
      'good, with others that are revoked',
      { more: [singleResponse(makeServer(authority), { status: 'revoked' })] },
      'accepted',
    ],
    ['with a critical extension', { extensions: [make.unknownExtension(true)] }, bad],
    [
      'with a critical extension of the single answer',
      { singleExtensions: [make.unknownExtension(true)] },
      bad,
    ],
    [
      'with other extensions',
      { extensions: [make.unknownExtension(false)], singleExtensions: [make.unknownExtension(false)] },
      'accepted',
    ],
    [
      'with a nonce (RFC 9654 §2.1), which nobody asked for',
      { extensions: [make.extension(nonceType, writeOctetString(new Uint8Array(32)))] },
      'accepted',
    ],
    [
      'with a critical nonce',
      { extensions: [make.extension(nonceType, writeOctetString(new Uint8Array(32)), true)] },
      bad,
    ],
    ['of another type', { responseType: '1.2.3' }, bad],
    ['tryLater', { responseStatus: 3 }, bad],
    ['of a status that nobody knows', { responseStatus: 77 }, bad],
  ])('%s', async (_, options, expected) => {
    expect(await check(options)).toBe(expected)
  })

  test('names the issuer as the certificate spells it (RFC 6960 §4.1.1)', async () => {
    const issuerName = writeName('Authority', Tag.printableString)
    const own = makeServer(authority, { issuerName })
    const spelt = (subject: Uint8Array) =>
      makeOcspResponse(own, { about: { ...own, issuer: { ...authority, subject } } })
    expect(await outcome(withResponse(spelt(issuerName), {}, own))).toBe('accepted')
    expect(await outcome(withResponse(spelt(authority.subject), {}, own))).toBe(bad)
  })

  test('may be long, but not of any length', async () => {
    const padded = (length: number) =>
      makeOcspResponse(server, { extensions: [make.extension('1.2.3', new Uint8Array(length))] })
    expect(await outcome(withResponse(padded(60_000)))).toBe('accepted')
    expect(await outcome(withResponse(padded(65_536)))).toBe(bad)
  })

  test('costs two hashes, however often it names the issuer', async () => {
    let count = 0
    const hashes = provider.hashes.map((hash) => ({
      ...hash,
      digest: (data: Uint8Array) => {
        count++
        return hash.digest(data)
      },
    }))
    const more = Array.from({ length: 200 }, () => singleResponse(server, { hash: 'sha256' }))
    const ocspResponse = makeOcspResponse(server, { hash: 'sha256', more })
    const options = { checks: [stapledOcsp()], ocspResponse, provider: { ...provider, hashes } }
    expect(await outcome(verify(server, root, options))).toBe('accepted')
    expect(count).toBe(2)
  })

  test('the verdict says when it was revoked', async () => {
    expect(await withResponse(makeOcspResponse(server, { status: 'revoked' }))).toMatchObject({
      position: 0,
      reason: 'ERR_X509_REVOKED',
      found: 'revoked on 2026-03-04T05:06:07Z',
    })
  })
})

describe('times (RFC 6960 §3.2)', () => {
  const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)
  test.each<[string, OcspOptions, string]>([
    ['nextUpdate now', { nextUpdate: at(0) }, 'accepted'],
    ['nextUpdate over', { nextUpdate: at(-1) }, bad],
    ['no nextUpdate', { nextUpdate: null }, bad],
    ['thisUpdate within what clocks differ', { thisUpdate: at(300) }, 'accepted'],
    ['thisUpdate in the future', { thisUpdate: at(301) }, bad],
    ['producedAt in the future', { producedAt: at(301) }, bad],
    ['revoked, and out of date', { status: 'revoked', nextUpdate: at(-1) }, 'ERR_X509_REVOKED'],
  ])('%s', async (_, options, expected) => {
    expect(await check(options)).toBe(expected)
  })
})

describe('the signature (RFC 6960 §4.2.2.2)', () => {
  const responder = (options: CertificateOptions = {}, issuer = authority) =>
    makeServer(issuer, {
      subject: 'Responder',
      key: keyNamed('responder'),
      extensions: [make.extendedKeyUsage(make.purposes.ocspSigning)],
      without: ['2.5.29.17'],
      ...options,
    })
  const nocheck = make.extension('1.3.6.1.5.5.7.48.1.5', writeNull())
  const signing = make.extendedKeyUsage(make.purposes.ocspSigning)
  const delegated = (delegate = responder(), byName = false) =>
    check({ signer: delegate, certificates: [delegate], byName })

  test('of a responder that the issuer certified', async () => {
    expect(await delegated()).toBe('accepted')
    expect(await delegated(responder(), true)).toBe('accepted')
    expect(await delegated(responder({ extensions: [signing, nocheck] }))).toBe('accepted')
    expect(await check({ signer: responder(), certificates: [server, responder()] })).toBe('accepted')
  })

  test.each<[string, CertificateOptions]>([
    ['without OCSPSigning', { extensions: [make.extendedKeyUsage(make.purposes.server)] }],
    ['with anyExtendedKeyUsage instead', { extensions: [make.extendedKeyUsage(make.purposes.any)] }],
    ['without extKeyUsage', { extensions: [], without: ['2.5.29.37', '2.5.29.17'] }],
    ['whose key is not for signatures', { extensions: [signing, make.keyUsage(2)] }],
    ['that has expired', { notAfter: new Date('2026-06-30T00:00:00Z') }],
    ['that is not valid yet', { notBefore: new Date('2026-07-02T00:00:00Z') }],
    ['with an unknown critical extension', { extensions: [signing, make.unknownExtension(true)] }],
    ['that SHA-1 signed', { signer: signers.ecdsaSha1 }],
    ['with a weak key', { key: keyNamed('responder', 'rsa1024') }],
  ])('of a responder %s', async (_, options) => {
    expect(await delegated(responder(options))).toBe(bad)
  })

  test('of a responder that somebody else certified', async () => {
    expect(await delegated(responder({}, root))).toBe(bad)
    const impostor = { ...authority, key: keyNamed('impostor') }
    expect(await delegated(responder({}, impostor))).toBe(bad)
  })

  test('of a responder that does not come along', async () => {
    expect(await check({ signer: responder() })).toBe(bad)
  })

  test('of the end entity itself', async () => {
    expect(await check({ signer: server, certificates: [server] })).toBe(bad)
  })

  test('of somebody who takes the issuer’s name', async () => {
    expect(await check({ signer: { ...authority, key: keyNamed('impostor') }, byName: true })).toBe(bad)
  })

  test('counts into the budget', async () => {
    const response = makeOcspResponse(server, { signer: responder(), certificates: [responder()] })
    const limited = (maxSignatureChecks: number) =>
      outcome(
        verify(server, root, {
          checks: [stapledOcsp()],
          ocspResponse: response,
          limits: { maxSignatureChecks },
        }),
      )
    expect(await limited(4)).toBe('accepted')
    expect(await limited(3)).toBe('ERR_X509_TOO_MANY_SIGNATURES')
  })

  test('a provider that fails is told', async () => {
    const hashes = provider.hashes.map((hash) => ({
      ...hash,
      digest: () => Promise.reject(new Error('gone')),
    }))
    const ocspResponse = makeOcspResponse(server, { hash: 'sha256' })
    const options = { checks: [stapledOcsp()], ocspResponse, provider: { ...provider, hashes } }
    expect(await outcome(verify(server, root, options))).toBe('ERR_X509_PROVIDER')
  })
})

test('a response that is no OCSP response is refused', async () => {
  const good = makeOcspResponse(server)
  for (const response of [
    new Uint8Array(0),
    Uint8Array.of(0x30, 0),
    good.slice(0, -1),
    Buffer.concat([good, Buffer.of(0)]),
  ])
    expect(await outcome(withResponse(response))).toBe(bad)
})

test('no byte of a response can be changed so that a revoked certificate is good', async () => {
  const response = makeOcspResponse(server, { status: 'revoked' })
  for (let at = 0; at < response.length; at++) {
    const changed = response.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(await outcome(withResponse(changed)), `byte ${at}`).toMatch(
      /^ERR_X509_(REVOKED|BAD_OCSP_RESPONSE)$/,
    )
  }
})
