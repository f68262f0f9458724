import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  writeBitString,
  writeConstructed,
  writeElement,
  writeInteger,
  writeNull,
  writeOctetString,
  writeOid,
  writeSequence,
} from '../der/index.ts'
import { restrictedRsaPss } from '../fixtures/rsaPss.ts'
import { readPrivateKeyInfo } from './privateKey.ts'

const invalid: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' })
const unsupported: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_UNSUPPORTED' })
const pkcs8Of = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }))
const fromBase64Url = (text = ''): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'))

const curve = { P256: '1.2.840.10045.3.1.7', P384: '1.3.132.0.34', secp256k1: '1.3.132.0.10' }
const ecAlgorithm = (oid = curve.P256): Uint8Array =>
  writeSequence(writeOid('1.2.840.10045.2.1'), writeOid(oid))
const rsaAlgorithm = writeSequence(writeOid('1.2.840.113549.1.1.1'), writeNull())
const edAlgorithm = writeSequence(writeOid('1.3.101.112'))
const pkcs8 = (algorithm: Uint8Array, key: Uint8Array, ...more: readonly Uint8Array[]): Uint8Array =>
  writeSequence(writeInteger(more.length > 0 ? 1 : 0), algorithm, writeOctetString(key), ...more)
const scalar = new Uint8Array(randomBytes(32))
const ecKey = (key: Uint8Array = scalar, ...more: readonly Uint8Array[]): Uint8Array =>
  writeSequence(writeInteger(1), writeOctetString(key), ...more)

describe('what node:crypto writes is read', () => {
  test.each(['P-256', 'P-384', 'P-521'] as const)('%s', (namedCurve) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve })
    const { d, x, y } = privateKey.export({ format: 'jwk' })
    expect(readPrivateKeyInfo(pkcs8Of(privateKey))).toMatchObject({
      type: 'ec',
      curve: namedCurve,
      privateKey: fromBase64Url(d),
      publicKey: Uint8Array.of(4, ...fromBase64Url(x), ...fromBase64Url(y)),
    })
  })

  test.each(['rsa', 'rsa-pss'] as const)('%s', (type) => {
    const { privateKey } = generateKeyPairSync(type as 'rsa', { modulusLength: 1024 })
    const key = readPrivateKeyInfo(pkcs8Of(privateKey))
    const plain = writeSequence(
      writeInteger(0),
      rsaAlgorithm,
      writeOctetString(pkcs8Of(privateKey).subarray(type === 'rsa' ? 26 : 24)),
    )
    const jwk = createPrivateKey({ key: Buffer.from(plain), format: 'der', type: 'pkcs8' }).export({
      format: 'jwk',
    })
    expect(key).toMatchObject({
      type,
      modulus: fromBase64Url(jwk.n),
      publicExponent: fromBase64Url(jwk.e),
      privateExponent: fromBase64Url(jwk.d),
      prime1: fromBase64Url(jwk.p),
      prime2: fromBase64Url(jwk.q),
      exponent1: fromBase64Url(jwk.dp),
      exponent2: fromBase64Url(jwk.dq),
      coefficient: fromBase64Url(jwk.qi),
    })
  })

  test('rsa-pss with its restriction', () => {
    const { privateKey } = restrictedRsaPss('sha256', 'sha256', 32)
    expect(readPrivateKeyInfo(pkcs8Of(privateKey))).toMatchObject({
      type: 'rsa-pss',
      restriction: { hash: 'sha256', maskHash: 'sha256', saltLength: 32 },
    })
  })

  test.each(['ed25519', 'ed448'] as const)('%s', (type) => {
    const { privateKey } = generateKeyPairSync(type as 'ed25519')
    const { d } = privateKey.export({ format: 'jwk' })
    expect(readPrivateKeyInfo(pkcs8Of(privateKey))).toMatchObject({
      type,
      privateKey: fromBase64Url(d),
      publicKey: undefined,
    })
  })
})

test('the algorithm is that of the public key, as it stands', () => {
  expect(readPrivateKeyInfo(pkcs8(ecAlgorithm(), ecKey())).algorithm).toEqual(ecAlgorithm())
})

test('a version 2 key may carry its public key, and any may have attributes (RFC 5958 §2)', () => {
  const seed = writeOctetString(scalar)
  const publicKey = writeElement(0x81, Uint8Array.of(0), scalar)
  const attributes = writeConstructed(0, writeSequence())
  expect(readPrivateKeyInfo(pkcs8(edAlgorithm, seed, publicKey))).toMatchObject({ publicKey: scalar })
  expect(readPrivateKeyInfo(pkcs8(edAlgorithm, seed, attributes, publicKey))).toMatchObject({
    publicKey: scalar,
  })
  expect(readPrivateKeyInfo(pkcs8(ecAlgorithm(), ecKey(), publicKey))).toMatchObject({ publicKey: scalar })
  const first = writeSequence(writeInteger(0), edAlgorithm, writeOctetString(seed))
  expect(readPrivateKeyInfo(first)).toMatchObject({ publicKey: undefined })
  const behind = writeSequence(writeInteger(0), edAlgorithm, writeOctetString(seed), publicKey)
  expect(() => readPrivateKeyInfo(behind)).toThrow(invalid)
})

test('an EC key without leading zeros gets them back (RFC 5915 §3)', () => {
  const key = readPrivateKeyInfo(pkcs8(ecAlgorithm(), ecKey(Uint8Array.of(5))))
  expect(key).toMatchObject({ privateKey: Uint8Array.of(...new Uint8Array(31), 5) })
})

test('an EC key may name its curve once more, but no other', () => {
  const named = (oid: string): Uint8Array =>
    pkcs8(ecAlgorithm(), ecKey(scalar, writeConstructed(0, writeOid(oid))))
  expect(readPrivateKeyInfo(named(curve.P256))).toMatchObject({ curve: 'P-256' })
  expect(() => readPrivateKeyInfo(named(curve.P384))).toThrow(invalid)
  expect(() => readPrivateKeyInfo(named(curve.secp256k1))).toThrow(invalid)
})

const good = pkcs8(ecAlgorithm(), ecKey())
const numbers = (version: number, count: number): Uint8Array =>
  writeSequence(writeInteger(version), ...Array.from({ length: count }, () => writeInteger(7)))

test.each([
  ['nothing', new Uint8Array(0)],
  ['a byte behind', Uint8Array.of(...good, 0)],
  ['the last byte missing', good.subarray(0, -1)],
  ['a third version', writeSequence(writeInteger(2), ecAlgorithm(), writeOctetString(ecKey()))],
  ['an EC key of version 0', pkcs8(ecAlgorithm(), writeSequence(writeInteger(0), writeOctetString(scalar)))],
  ['an EC key of 33 bytes', pkcs8(ecAlgorithm(), ecKey(new Uint8Array(33)))],
  ['an EC key of no bytes', pkcs8(ecAlgorithm(), ecKey(new Uint8Array(0)))],
  ['an EC key with something behind it', pkcs8(ecAlgorithm(), ecKey(scalar, writeNull()))],
  [
    'two public points',
    pkcs8(ecAlgorithm(), ecKey(scalar, writeConstructed(1, writeBitString(scalar), writeNull()))),
  ],
  ['an RSA key of seven numbers', pkcs8(rsaAlgorithm, numbers(0, 7))],
  ['an RSA key of nine numbers', pkcs8(rsaAlgorithm, numbers(0, 9))],
  ['an Ed25519 seed of 31 bytes', pkcs8(edAlgorithm, writeOctetString(scalar.subarray(1)))],
  ['an Ed25519 seed that is not wrapped', pkcs8(edAlgorithm, scalar)],
  ['a SubjectPublicKeyInfo', writeSequence(ecAlgorithm(), writeBitString(scalar))],
  ['a key of SEC 1', ecKey()],
  ['a key of PKCS #1', numbers(0, 8)],
])('refuses %s (ERR_CRYPTO_INVALID_KEY)', (_, der) => {
  expect(() => readPrivateKeyInfo(der)).toThrow(invalid)
})

test.each([
  ['another curve', pkcs8(ecAlgorithm(curve.secp256k1), ecKey())],
  ['X25519', pkcs8(writeSequence(writeOid('1.3.101.110')), writeOctetString(scalar))],
  ['a curve that is spelled out', pkcs8(ecAlgorithm(), ecKey(scalar, writeConstructed(0, writeSequence())))],
  ['three primes', pkcs8(rsaAlgorithm, numbers(1, 8))],
])('does not know %s (ERR_CRYPTO_UNSUPPORTED)', (_, der) => {
  expect(() => readPrivateKeyInfo(der)).toThrow(unsupported)
})
