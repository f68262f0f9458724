import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import {
  ecdsaSignatureFromDer,
  ecdsaSignatureToDer,
  fromBigInt,
  signatureDescriptors,
  toBigInt,
  type SignatureAlgorithm,
} from '@mortise/crypto'
import { writeInteger, writeNull, writeOid, writeSequence, writeBitString } from '@mortise/crypto/der'
import { concat } from '@mortise/wire'
import { describe, expect, test } from 'vitest'
import { keyPairs, kindOf, type KeyPair } from './fixtures/keyPairs.ts'
import { randomBytes, randomInt, referenceSign } from './fixtures/reference.ts'
import { noble } from './noble.ts'

const pairs = keyPairs()
const others = keyPairs('other')
const { signatures } = noble()
const invalid: unknown = expect.objectContaining({ name: 'CryptoError', code: 'ERR_CRYPTO_INVALID_KEY' })

const algorithm = (name: string): SignatureAlgorithm => {
  const found = signatures.find((item) => item.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
const pair = (kind: string, from: Readonly<Record<string, KeyPair>> = pairs): KeyPair => {
  const found = from[kind]
  if (!found) throw new Error(`no ${kind}`)
  return found
}
const changed = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === at ? byte ^ (1 << randomInt(8)) : byte))

test('has every algorithm, in order of preference', () => {
  expect(signatures.map(({ name }) => name)).toEqual(signatureDescriptors().map(({ name }) => name))
  expect(signatures.every(({ approval }) => approval === 'not-approved')).toBe(true)
})

describe.each(signatures.map((item) => [item.name, item] as const))('%s', (_, item) => {
  const { spki } = pair(kindOf(item))

  test('verifies what Web Crypto signs, of any length', async () => {
    for (const length of [0, 1, 32, randomInt(2000)]) {
      const message = randomBytes(length)
      const signature = await referenceSign(item, pair(kindOf(item)), message)
      expect(item.verify(spki, message, signature)).toBe(true)
      expect(item.verify(spki, Uint8Array.of(...message, 0), signature)).toBe(false)
      expect(item.verify(pair(kindOf(item), others).spki, message, signature)).toBe(false)
    }
  })

  test('refuses a signature that was changed anywhere, or has another length', async () => {
    const message = randomBytes(50)
    const signature = await referenceSign(item, pair(kindOf(item)), message)
    const last = signature.length - 1
    for (const at of [0, 1, 2, 3, randomInt(last), last >> 1, last])
      expect(item.verify(spki, message, changed(signature, at)), `byte ${at}`).toBe(false)
    for (const other of [
      new Uint8Array(0),
      signature.subarray(1),
      signature.subarray(0, last),
      Uint8Array.of(...signature, 0),
      Uint8Array.of(0, ...signature),
      new Uint8Array(signature.length),
      new Uint8Array(signature.length).fill(0xff),
    ])
      expect(item.verify(spki, message, other)).toBe(false)
  })

  test('refuses keys of another type or curve', () => {
    for (const [kind, { spki: other }] of Object.entries(pairs).filter(([name]) => name !== kindOf(item)))
      expect(() => item.verify(other, new Uint8Array(1), new Uint8Array(64)), kind).toThrow(invalid)
  })

  test('refuses keys that are malformed', () => {
    for (const bytes of [
      new Uint8Array(0),
      spki.subarray(1),
      spki.subarray(0, -1),
      Uint8Array.of(...spki, 0),
    ])
      expect(() => item.verify(bytes, new Uint8Array(1), new Uint8Array(64))).toThrow(invalid)
  })
})

describe.each([
  ['ecdsa_secp256r1_sha256', 'P-256', p256],
  ['ecdsa_secp384r1_sha384', 'P-384', p384],
  ['ecdsa_secp521r1_sha512', 'P-521', p521],
] as const)('%s', async (name, curve, { Point }) => {
  const item = algorithm(name)
  const { spki } = pair(curve)
  const message = randomBytes(20)
  const raw =
    ecdsaSignatureFromDer(curve, await referenceSign(item, pair(curve), message)) ?? new Uint8Array(0)
  const length = raw.length / 2
  const [r, s] = [toBigInt(raw.subarray(0, length)), toBigInt(raw.subarray(length))]
  const order = Point.Fn.ORDER
  const verify = (...numbers: readonly bigint[]): unknown =>
    item.verify(spki, message, writeSequence(...numbers.map(writeInteger)))

  test('takes s of either half', () => {
    expect(verify(r, s)).toBe(true)
    expect(verify(r, order - s)).toBe(true)
  })

  test('r and s are from 1 to the order less 1 (FIPS 186-5 §6.4.2)', () => {
    for (const [a, b] of [
      [0n, s],
      [r, 0n],
      [0n, 0n],
      [order, s],
      [r, order],
      [r + order, s],
      [r, s + order],
      [-r, s],
      [r, -s],
      [r, s - order],
      [1n << 600n, s],
    ] as const)
      expect(verify(a, b)).toBe(false)
  })

  test('the signature is an ECDSA-Sig-Value and nothing else', () => {
    expect(verify(r)).toBe(false)
    expect(verify(r, s, 1n)).toBe(false)
    expect(item.verify(spki, message, raw)).toBe(false)
    expect(item.verify(spki, message, Uint8Array.of(...ecdsaSignatureToDer(raw), 0))).toBe(false)
    const inside = writeSequence(writeInteger(r), writeInteger(s))
    expect(item.verify(spki, message, writeSequence(inside))).toBe(false)
  })

  test('the point lies on the curve', () => {
    const signature = ecdsaSignatureToDer(raw)
    expect(() => item.verify(changed(spki, spki.length - 1), message, signature)).toThrow(invalid)
    const beyond = spki.slice()
    beyond.set(fromBigInt((1n << BigInt(8 * length)) - 1n, length), spki.length - length)
    expect(() => item.verify(beyond, message, signature)).toThrow(invalid)
  })
})

describe('EdDSA', () => {
  test.each(['ed25519', 'ed448'] as const)(
    '%s: s is below the order (RFC 8032 §5.1.7, §5.2.7)',
    async (name) => {
      const orders = {
        ed25519: 2n ** 252n + 27742317777372353535851937790883648493n,
        ed448: 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n,
      }
      const message = randomBytes(20)
      const signature = await referenceSign(algorithm(name), pair(name), message)
      const half = signature.length / 2
      const s = toBigInt(signature.slice(half).toReversed()) + orders[name]
      signature.set(fromBigInt(s, half).toReversed(), half)
      expect(algorithm(name).verify(pair(name).spki, message, signature)).toBe(false)
    },
  )

  test('Ed25519: a key of low order verifies nothing', () => {
    const spki = pair('ed25519').spki.slice()
    const identity = new Uint8Array(32)
    identity[0] = 1
    spki.set(identity, spki.length - 32)
    // R = S B with any S satisfies the equation for every message, if A is the identity
    const point = ed25519.Point.BASE.multiply(5n).toBytes()
    const signature = Uint8Array.of(...point, 5, ...new Uint8Array(31))
    expect(algorithm('ed25519').verify(spki, randomBytes(3), signature)).toBe(false)
  })

  test('a key that is no point verifies nothing', async () => {
    const spki = pair('ed25519').spki.slice().fill(0xff, -32)
    const signature = await referenceSign(algorithm('ed25519'), pair('ed25519'), new Uint8Array(3))
    expect(algorithm('ed25519').verify(spki, new Uint8Array(3), signature)).toBe(false)
  })
})

describe('RSA', () => {
  const message = randomBytes(20)
  const signed = (name: string, kind: string): Promise<Uint8Array> =>
    referenceSign(algorithm(name), pair(kind), message)

  test('one key of rsaEncryption serves both paddings, of id-RSASSA-PSS only PSS (RFC 9846 §4.3.3)', async () => {
    const pss = await signed('rsa_pss_rsae_sha256', 'rsa')
    const pkcs1 = await signed('rsa_pkcs1_sha256', 'rsa')
    expect(algorithm('rsa_pkcs1_sha256').verify(pair('rsa').spki, message, pss)).toBe(false)
    expect(algorithm('rsa_pss_rsae_sha256').verify(pair('rsa').spki, message, pkcs1)).toBe(false)
    expect(() => algorithm('rsa_pkcs1_sha256').verify(pair('rsa-pss').spki, message, pkcs1)).toThrow(invalid)
  })

  const key = (modulus: bigint, exponent: bigint): Uint8Array =>
    writeSequence(
      writeSequence(writeOid('1.2.840.113549.1.1.1'), writeNull()),
      writeBitString(writeSequence(writeInteger(modulus), writeInteger(exponent))),
    )
  test.each([
    ['a modulus of 512 bits', (1n << 511n) | 1n, 3n],
    ['a modulus of 16,384 bits', (1n << 16_383n) | 1n, 3n],
    ['a modulus of 0', 0n, 3n],
    ['an even modulus', 1n << 2047n, 3n],
    ['an exponent of 1', (1n << 2047n) | 1n, 1n],
    ['a huge exponent', (1n << 2047n) | 1n, (1n << 2046n) | 1n],
  ])('%s is refused before any work is done', (_, modulus, exponent) => {
    expect(() =>
      algorithm('rsa_pss_rsae_sha256').verify(key(modulus, exponent), message, new Uint8Array(256)),
    ).toThrow(invalid)
  })
})

test('inputs may be views anywhere in a buffer', async () => {
  const item = algorithm('ecdsa_secp256r1_sha256')
  const message = randomBytes(33)
  const signature = await referenceSign(item, pair('P-256'), message)
  const all = concat(new Uint8Array(3), pair('P-256').spki, message, signature)
  const { length } = pair('P-256').spki
  expect(
    item.verify(
      all.subarray(3, 3 + length),
      all.subarray(3 + length, 36 + length),
      all.subarray(36 + length),
    ),
  ).toBe(true)
})
