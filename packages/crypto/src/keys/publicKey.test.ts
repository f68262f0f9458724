import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  writeBitString,
  writeConstructed,
  writeInteger,
  writeNull,
  writeOid,
  writeSequence,
  writeUnsigned,
} from '../der/index.ts'
import { restrictedRsaPss } from '../fixtures/rsaPss.ts'
import { readSubjectPublicKeyInfo, writeRsaPublicKey, writeSubjectPublicKeyInfo } from './publicKey.ts'

const invalid: unknown = expect.objectContaining({ name: 'CryptoError', code: 'ERR_CRYPTO_INVALID_KEY' })
const spkiOf = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'spki' }))
const fromBase64Url = (text = ''): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'))

const oid = {
  ec: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  rsa: '1.2.840.113549.1.1.1',
  pss: '1.2.840.113549.1.1.10',
  mgf1: '1.2.840.113549.1.1.8',
  sha256: '2.16.840.1.101.3.4.2.1',
  ed25519: '1.3.101.112',
}
const point = Uint8Array.of(4, ...randomBytes(64))
const rsaKey = writeRsaPublicKey({ modulus: Uint8Array.of(0x80, 1), publicExponent: Uint8Array.of(3) })
const ecKey = writeSubjectPublicKeyInfo(writeSequence(writeOid(oid.ec), writeOid(oid.p256)), point)

describe('what node:crypto writes is read', () => {
  test.each([
    ['P-256', 65],
    ['P-384', 97],
    ['P-521', 133],
  ] as const)('%s', (namedCurve, length) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve })
    const { x, y } = publicKey.export({ format: 'jwk' })
    const key = readSubjectPublicKeyInfo(spkiOf(publicKey))
    const expected = Uint8Array.of(4, ...fromBase64Url(x), ...fromBase64Url(y))
    expect(expected.length).toBe(length)
    expect(key).toEqual({ type: 'ec', curve: namedCurve, point: expected })
  })

  test('RSA', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const { n, e } = publicKey.export({ format: 'jwk' })
    const numbers = { modulus: fromBase64Url(n), publicExponent: fromBase64Url(e) }
    expect(readSubjectPublicKeyInfo(spkiOf(publicKey))).toEqual({ type: 'rsa', ...numbers })
    const algorithm = writeSequence(writeOid(oid.rsa), writeNull())
    expect(writeSubjectPublicKeyInfo(algorithm, writeRsaPublicKey(numbers))).toEqual(spkiOf(publicKey))
  })

  test('RSASSA-PSS without and with parameters (RFC 4055 §1.2)', () => {
    const free = generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).publicKey
    expect(readSubjectPublicKeyInfo(spkiOf(free))).toMatchObject({ type: 'rsa-pss', restriction: undefined })
    const bound = restrictedRsaPss('sha384', 'sha256', 40).publicKey
    expect(readSubjectPublicKeyInfo(spkiOf(bound))).toMatchObject({
      type: 'rsa-pss',
      restriction: { hash: 'sha384', maskHash: 'sha256', saltLength: 40 },
    })
  })

  test.each([
    ['ed25519', 32],
    ['ed448', 57],
  ] as const)('%s', (type, length) => {
    const { publicKey } = generateKeyPairSync(type as 'ed25519')
    const expected = fromBase64Url(publicKey.export({ format: 'jwk' }).x)
    expect(expected.length).toBe(length)
    expect(readSubjectPublicKeyInfo(spkiOf(publicKey))).toEqual({ type, publicKey: expected })
  })
})

describe('RSASSA-PSS-params (RFC 4055 §3.1)', () => {
  const hash = writeSequence(writeOid(oid.sha256), writeNull())
  const mask = writeSequence(writeOid(oid.mgf1), hash)
  const read = (...parameters: readonly Uint8Array[]): unknown =>
    readSubjectPublicKeyInfo(
      writeSubjectPublicKeyInfo(writeSequence(writeOid(oid.pss), writeSequence(...parameters)), rsaKey),
    )

  test('absent fields are SHA-1 and a salt of 20 bytes, SHA-1 being none of ours', () => {
    expect(read()).toMatchObject({ restriction: { hash: undefined, maskHash: undefined, saltLength: 20 } })
    expect(read(writeConstructed(0, hash))).toMatchObject({ restriction: { hash: 'sha256', saltLength: 20 } })
  })

  test('other hashes and mask functions are undefined', () => {
    const sha1 = writeSequence(writeOid('1.3.14.3.2.26'))
    const other = writeSequence(writeOid('1.2.3'), writeNull())
    expect(
      read(writeConstructed(0, sha1), writeConstructed(1, other), writeConstructed(2, writeInteger(33))),
    ).toMatchObject({ restriction: { hash: undefined, maskHash: undefined, saltLength: 33 } })
  })

  test.each([
    ['a trailer field', [writeConstructed(3, writeInteger(1))]],
    ['fields in the wrong order', [writeConstructed(1, mask), writeConstructed(0, hash)]],
    ['a field twice', [writeConstructed(0, hash), writeConstructed(0, hash)]],
    ['a hash with parameters', [writeConstructed(0, writeSequence(writeOid(oid.sha256), writeInteger(1)))]],
    [
      'a hash with a long NULL',
      [writeConstructed(0, writeSequence(writeOid(oid.sha256), Uint8Array.of(5, 1, 0)))],
    ],
    ['two hashes', [writeConstructed(0, hash, hash)]],
    ['MGF1 without a hash', [writeConstructed(1, writeSequence(writeOid(oid.mgf1)))]],
    ['a negative salt length', [writeConstructed(2, writeInteger(-1))]],
    ['two salt lengths', [writeConstructed(2, writeInteger(1), writeInteger(1))]],
  ])('refuses %s', (_, parameters) => {
    expect(() => read(...parameters)).toThrow(invalid)
  })
})

describe('refuses (ERR_CRYPTO_INVALID_KEY)', () => {
  const spki = (algorithm: readonly Uint8Array[], key: Uint8Array): Uint8Array =>
    writeSubjectPublicKeyInfo(writeSequence(...algorithm), key)
  const [x, y] = [point.subarray(1, 33), point.subarray(33)]
  const cases: readonly (readonly [what: string, spki: Uint8Array])[] = [
    ['nothing', new Uint8Array(0)],
    ['a byte behind', Uint8Array.of(...ecKey, 0)],
    ['the last byte missing', ecKey.subarray(0, -1)],
    ['a third field', writeSequence(ecKey.subarray(2), writeNull())],
    [
      'unused bits',
      writeSequence(
        writeSequence(writeOid(oid.ec), writeOid(oid.p256)),
        writeBitString(Uint8Array.of(4, 0), 1),
      ),
    ],
    ['an unknown algorithm', spki([writeOid('1.2.3')], point)],
    ['an unknown curve', spki([writeOid(oid.ec), writeOid('1.3.132.0.10')], point)],
    ['a curve that is spelled out', spki([writeOid(oid.ec), writeSequence(writeInteger(1))], point)],
    ['an implicit curve', spki([writeOid(oid.ec), writeNull()], point)],
    ['no curve', spki([writeOid(oid.ec)], point)],
    ['a curve and more', spki([writeOid(oid.ec), writeOid(oid.p256), writeNull()], point)],
    ['a compressed point', spki([writeOid(oid.ec), writeOid(oid.p256)], Uint8Array.of(2, ...x))],
    ['a hybrid point', spki([writeOid(oid.ec), writeOid(oid.p256)], Uint8Array.of(6, ...x, ...y))],
    ['a point of another length', spki([writeOid(oid.ec), writeOid(oid.p256)], point.subarray(0, 64))],
    ['the point at infinity', spki([writeOid(oid.ec), writeOid(oid.p256)], Uint8Array.of(0))],
    ['RSA without NULL (RFC 3279 §2.3.1)', spki([writeOid(oid.rsa)], rsaKey)],
    ['RSA with other parameters', spki([writeOid(oid.rsa), writeInteger(0)], rsaKey)],
    ['RSA with a NULL that is not empty', spki([writeOid(oid.rsa), Uint8Array.of(5, 1, 0)], rsaKey)],
    [
      'RSA with bytes behind its numbers',
      spki([writeOid(oid.rsa), writeNull()], Uint8Array.of(...rsaKey, 0)),
    ],
    [
      'RSA with a third number',
      spki(
        [writeOid(oid.rsa), writeNull()],
        writeSequence(writeInteger(15), writeInteger(3), writeInteger(1)),
      ),
    ],
    [
      'RSA with a negative modulus',
      spki(
        [writeOid(oid.rsa), writeNull()],
        writeSequence(writeInteger(-15), writeUnsigned(Uint8Array.of(3))),
      ),
    ],
    [
      'Ed25519 with parameters (RFC 8410 §3)',
      spki([writeOid(oid.ed25519), writeNull()], point.subarray(0, 32)),
    ],
    ['Ed25519 of 31 bytes', spki([writeOid(oid.ed25519)], point.subarray(0, 31))],
  ]
  test.each(cases)('%s', (_, der) => {
    expect(() => readSubjectPublicKeyInfo(der)).toThrow(invalid)
  })
})
