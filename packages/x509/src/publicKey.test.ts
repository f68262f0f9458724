import {
  writeBitString,
  writeInteger,
  writeNull,
  writeOid,
  writeSequence,
  writeUnsigned,
} from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { DerReader } from './der.ts'
import { keyNamed, pssParameters, sha256Oid, type KeyKind } from './fixtures/keys.ts'
import { errorOf } from './fixtures/throws.ts'
import { readPublicKey, type PublicKey } from './publicKey.ts'

const parse = (der: Uint8Array): PublicKey => readPublicKey(new DerReader(der))
const info = (algorithm: readonly Uint8Array[], key: Uint8Array): Uint8Array =>
  writeSequence(writeSequence(...algorithm), writeBitString(key))
const rsaOid = writeOid('1.2.840.113549.1.1.1')
const pssOid = writeOid('1.2.840.113549.1.1.10')
const ecOid = writeOid('1.2.840.10045.2.1')
const p256 = writeOid('1.2.840.10045.3.1.7')
const rsaKey = (modulus: Uint8Array, exponent: Uint8Array): Uint8Array =>
  info([rsaOid, writeNull()], writeSequence(modulus, exponent))

test.each([
  ['p256', { type: 'ec', curve: 'P-256' }],
  ['p384', { type: 'ec', curve: 'P-384' }],
  ['p521', { type: 'ec', curve: 'P-521' }],
  ['rsa2048', { type: 'rsa' }],
  ['rsaPss', { type: 'rsa-pss' }],
  ['ed25519', { type: 'ed25519' }],
  ['ed448', { type: 'ed448' }],
  ['secp256k1', undefined],
] as const satisfies readonly (readonly [KeyKind, unknown])[])('a key of %s', (kind, type) => {
  const { spki } = keyNamed('public', kind)
  expect(parse(spki)).toMatchObject({ spki, type })
})

describe('RSA', () => {
  test('size and exponent', () => {
    expect(parse(keyNamed('public', 'rsa2048').spki).rsa).toEqual({
      modulusBits: 2048,
      exponentBits: 17,
      exponentSound: true,
    })
  })

  test.each([
    [writeInteger(2n ** 1023n), writeInteger(3), { modulusBits: 1024, exponentBits: 2, exponentSound: true }],
    [writeInteger(2n ** 2040n), writeInteger(65537), { modulusBits: 2041, exponentBits: 17 }],
    [writeInteger(0), writeInteger(3), { modulusBits: 0 }],
    [writeInteger(5), writeInteger(1), { exponentSound: false }],
    [writeInteger(5), writeInteger(65536), { exponentSound: false }],
    [writeInteger(5), writeUnsigned(new Uint8Array(100).fill(0xff)), { exponentBits: 800 }],
  ])('measures modulus and exponent', (modulus, exponent, expected) => {
    expect(parse(rsaKey(modulus, exponent)).rsa).toMatchObject(expected)
  })

  test.each([
    ['no parameters (RFC 3279 §2.3.1)', info([rsaOid], writeSequence(writeInteger(5), writeInteger(3)))],
    [
      'parameters other than NULL',
      info([rsaOid, writeInteger(1)], writeSequence(writeInteger(5), writeInteger(3))),
    ],
    [
      'three numbers',
      info([rsaOid, writeNull()], writeSequence(writeInteger(5), writeInteger(3), writeInteger(1))),
    ],
    [
      'bytes behind the key',
      info(
        [rsaOid, writeNull()],
        Buffer.concat([writeSequence(writeInteger(5), writeInteger(3)), Buffer.of(0)]),
      ),
    ],
    ['a modulus with needless zeros', rsaKey(Uint8Array.of(2, 2, 0, 5), writeInteger(3))],
    ['a negative modulus', rsaKey(writeInteger(-5), writeInteger(3))],
    ['a negative exponent', rsaKey(writeInteger(5), writeInteger(-3))],
  ])('%s: malformed', (_, der) => {
    expect(errorOf(() => parse(der))).toMatch(/^ERR_X509_MALFORMED/)
  })
})

describe('RSASSA-PSS keys (RFC 4055 §3.1)', () => {
  const key = writeSequence(writeInteger(5), writeInteger(3))

  test('parameters may be absent: any hash', () => {
    expect(parse(info([pssOid], key))).toMatchObject({ type: { type: 'rsa-pss' }, pss: undefined })
  })

  test('parameters restrict it', () => {
    expect(parse(info([pssOid, pssParameters(sha256Oid, 32)], key)).pss).toEqual({
      hash: 'sha256',
      maskHash: 'sha256',
      saltLength: 32,
    })
  })

  test('parameters that are NULL are malformed', () => {
    expect(errorOf(() => parse(info([pssOid, writeNull()], key)))).toMatch(/^ERR_X509_MALFORMED/)
  })
})

describe('elliptic curves (RFC 5480 §2)', () => {
  const point = (first: number, length: number): Uint8Array =>
    Uint8Array.of(first, ...new Uint8Array(length - 1))

  test.each([
    ['a curve that is spelled out', info([ecOid, writeSequence(writeInteger(1))], point(4, 65))],
    ['a curve that is not supported', info([ecOid, writeOid('1.3.132.0.33')], point(4, 57))],
    ['a compressed point', info([ecOid, p256], point(2, 33))],
  ])('%s is of no known type', (_, der) => {
    expect(parse(der).type).toBeUndefined()
  })

  test.each([
    ['a key without a curve', info([ecOid], point(4, 65))],
    ['a point of another curve', info([ecOid, p256], point(4, 97))],
    ['the point at infinity', info([ecOid, p256], Uint8Array.of(0))],
    ['a hybrid point', info([ecOid, p256], point(6, 65))],
    ['no point', info([ecOid, p256], new Uint8Array(0))],
  ])('%s is malformed', (_, der) => {
    expect(errorOf(() => parse(der))).toMatch(/^ERR_X509_MALFORMED/)
  })
})

test.each([
  ['an Ed25519 key of 31 bytes', info([writeOid('1.3.101.112')], new Uint8Array(31))],
  [
    'an Ed25519 key with parameters (RFC 8410 §3)',
    info([writeOid('1.3.101.112'), writeNull()], new Uint8Array(32)),
  ],
  ['an Ed448 key of 56 bytes', info([writeOid('1.3.101.113')], new Uint8Array(56))],
  [
    'an AlgorithmIdentifier with more than parameters',
    info([rsaOid, writeNull(), writeNull()], new Uint8Array(1)),
  ],
])('%s is malformed', (_, der) => {
  expect(errorOf(() => parse(der))).toMatch(/^ERR_X509_MALFORMED/)
})
