import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import {
  ecdsaSignatureFromDer,
  signatureDescriptors,
  type SignatureAlgorithm,
  type SignatureDescriptor,
  type SigningKey,
} from '@mortise/crypto'
import { writeBitString, writeInteger, writeNull, writeOid, writeSequence } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { bytes } from './fixtures/bytes.ts'
import { nodeCrypto } from './nodeCrypto.ts'
import { signingOptions } from './signingOptions.ts'

const { signatures, importPrivateKey } = nodeCrypto()
const error = (code: string): unknown => expect.objectContaining({ name: 'CryptoError', code })
const invalidKey = error('ERR_CRYPTO_INVALID_KEY')

interface Pair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}
const pairs: Readonly<Record<string, Pair>> = {
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'P-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  rsa: generateKeyPairSync('rsa', { modulusLength: 1100 }),
  'rsa-pss': generateKeyPairSync('rsa-pss', { modulusLength: 1100 }),
  ed25519: generateKeyPairSync('ed25519'),
  ed448: generateKeyPairSync('ed448'),
}
const restricted = generateKeyPairSync('rsa-pss', {
  modulusLength: 1100,
  hashAlgorithm: 'sha384',
  mgf1HashAlgorithm: 'sha384',
  saltLength: 48 as number & string, // the types want text, node:crypto a number
})
const der = (key: KeyObject): Uint8Array =>
  new Uint8Array(
    key.export({ format: 'der', type: key.type === 'private' ? 'pkcs8' : 'spki' } as {
      format: 'der'
      type: 'spki'
    }),
  )
const kindOf = ({ key }: SignatureDescriptor): string => (key.type === 'ec' ? key.curve : key.type)
const pairOf = (kind: string): Pair => {
  const pair = pairs[kind]
  if (!pair) throw new Error(`no ${kind}`)
  return pair
}
const made = (
  item: SignatureDescriptor,
  message: Uint8Array,
  key = pairOf(kindOf(item)).privateKey,
): Uint8Array => new Uint8Array(sign(item.hash ?? null, message, { key, ...signingOptions(item) }))
const algorithm = (name: string): SignatureAlgorithm => {
  const found = signatures.find((item) => item.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
const flipped = (input: Uint8Array, at: number): Uint8Array =>
  input.map((byte, i) => (i === at ? byte ^ 0x10 : byte))
const importNow = (pkcs8: Uint8Array): SigningKey => importPrivateKey({ pkcs8 }) as SigningKey

test('has every algorithm, in order of preference', () => {
  expect(signatures.map(({ name }) => name)).toEqual(signatureDescriptors().map(({ name }) => name))
})

describe.each(signatures.map((item) => [item.name, item] as const))('%s', (_, item) => {
  const spki = der(pairOf(kindOf(item)).publicKey)
  const message = bytes(50)
  const signature = made(item, message)

  test('verifies its signature, and no other one', () => {
    expect(item.verify(spki, message, signature)).toBe(true)
    expect(item.verify(spki, flipped(message, 3), signature)).toBe(false)
    const last = signature.length - 1
    for (const at of [0, 1, 2, last >> 1, last])
      expect(item.verify(spki, message, flipped(signature, at)), `byte ${at}`).toBe(false)
    for (const other of [
      new Uint8Array(0),
      signature.subarray(1),
      signature.subarray(0, last),
      Uint8Array.of(...signature, 0),
      Uint8Array.of(0, ...signature),
    ])
      expect(item.verify(spki, message, other)).toBe(false)
  })

  test('refuses keys that are malformed, or of another kind', () => {
    const others = Object.entries(pairs).filter(([kind]) => kind !== kindOf(item))
    for (const [kind, { publicKey }] of others)
      expect(() => item.verify(der(publicKey), message, signature), kind).toThrow(invalidKey)
    for (const bad of [new Uint8Array(0), spki.subarray(1), spki.subarray(0, -1), Uint8Array.of(...spki, 0)])
      expect(() => item.verify(bad, message, signature)).toThrow(invalidKey)
  })
})

test('a point off its curve is no key', () => {
  const item = algorithm('ecdsa_secp256r1_sha256')
  const spki = der(pairOf('P-256').publicKey)
  expect(() => item.verify(flipped(spki, spki.length - 1), bytes(3), made(item, bytes(3)))).toThrow(
    invalidKey,
  )
})

test('keys that were seen are not mixed up with others, however many there are', () => {
  const item = algorithm('ecdsa_secp256r1_sha256')
  const message = bytes(9)
  const many = Array.from({ length: 70 }, () => generateKeyPairSync('ec', { namedCurve: 'P-256' }))
  const signed = many.map(({ privateKey, publicKey }) => ({
    spki: der(publicKey),
    signature: made(item, message, privateKey),
  }))
  for (let round = 0; round < 2; round++)
    for (const [at, { spki, signature }] of signed.entries()) {
      expect(item.verify(spki, message, signature)).toBe(true)
      expect(item.verify(spki, message, signed[(at + 1) % 70]?.signature ?? signature)).toBe(false)
    }
  // The same buffer with another key in it
  const buffer = signed[0]?.spki.slice() ?? new Uint8Array(0)
  buffer.set(signed[1]?.spki ?? buffer)
  expect(item.verify(buffer, message, signed[0]?.signature ?? message)).toBe(false)
  expect(item.verify(buffer, message, signed[1]?.signature ?? message)).toBe(true)
})

test('ECDSA signatures are DER', () => {
  const item = algorithm('ecdsa_secp256r1_sha256')
  const message = bytes(9)
  const raw = ecdsaSignatureFromDer('P-256', made(item, message)) ?? new Uint8Array(0)
  expect(raw.length).toBe(64)
  expect(item.verify(der(pairOf('P-256').publicKey), message, raw)).toBe(false)
})

test('a key of id-RSASSA-PSS keeps to its parameters, verifying and signing (RFC 4055 §1.2)', () => {
  const [spki, message] = [der(restricted.publicKey), bytes(9)]
  const signature = made(algorithm('rsa_pss_pss_sha384'), message, restricted.privateKey)
  expect(algorithm('rsa_pss_pss_sha384').verify(spki, message, signature)).toBe(true)
  expect(() => algorithm('rsa_pss_pss_sha256').verify(spki, message, signature)).toThrow(invalidKey)
  const key = importNow(der(restricted.privateKey))
  expect(key.schemes).toEqual([0x080a])
  expect(key.publicKey).toEqual(spki)
  expect(algorithm('rsa_pss_pss_sha384').verify(spki, message, key.sign(0x080a, message) as Uint8Array)).toBe(
    true,
  )
})

test.each(['rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256'])(
  '%s: a leading zero belongs to the signature (RFC 8017 §8.1.2)',
  (name) => {
    // The modulus has four bits in its first byte, so one signature in ten or so begins with a zero
    const item = algorithm(name)
    const spki = der(pairOf('rsa').publicKey)
    let count = 0
    let [message, signature] = [bytes(4), new Uint8Array(1).fill(1)]
    while (signature[0] !== 0 && count++ < 1000) {
      message = bytes(4)
      signature = new Uint8Array(made(item, message))
    }
    expect(signature[0]).toBe(0)
    expect(item.verify(spki, message, signature)).toBe(true)
    expect(item.verify(spki, message, signature.subarray(1))).toBe(false)
  },
)

test.each([
  ['a modulus of 16,384 bits', (1n << 16_383n) | 1n, 3n],
  ['an exponent of 1', (1n << 2047n) | 1n, 1n],
])('RSA: %s is refused before any work is done', (_, modulus, exponent) => {
  const spki = writeSequence(
    writeSequence(writeOid('1.2.840.113549.1.1.1'), writeNull()),
    writeBitString(writeSequence(writeInteger(modulus), writeInteger(exponent))),
  )
  expect(() => algorithm('rsa_pss_rsae_sha256').verify(spki, bytes(3), new Uint8Array(256))).toThrow(
    invalidKey,
  )
})

describe.each(Object.entries(pairs))('a private key of %s', (kind, pair) => {
  const pkcs8 = der(pair.privateKey)
  const key = importNow(pkcs8)
  pkcs8.fill(0) // it may be overwritten once it is imported

  test('has its schemes and its public key, and signs with no other scheme', () => {
    const schemes = signatures.filter(
      (item) => kindOf(item) === kind && item.scheme !== undefined && item.padding !== 'pkcs1',
    )
    expect(key.schemes).toEqual(schemes.map(({ scheme }) => scheme))
    expect(key.publicKey).toEqual(der(pair.publicKey))
    for (const scheme of [0, 0x0401, 0x0203])
      expect(() => key.sign(scheme, bytes(3))).toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
    for (const item of schemes) {
      const message = bytes(100)
      expect(item.verify(key.publicKey, message, key.sign(item.scheme ?? 0, message) as Uint8Array)).toBe(
        true,
      )
    }
  })
})

describe('refuses private keys', () => {
  const p256 = der(pairOf('P-256').privateKey)
  test.each([
    ['nothing', new Uint8Array(0)],
    ['a byte behind', Uint8Array.of(...p256, 0)],
    ['a point that belongs to another key', flipped(p256, p256.length - 1)],
    [
      'an RSA number that belongs to another key',
      flipped(der(pairOf('rsa').privateKey), der(pairOf('rsa').privateKey).length - 1),
    ],
  ])('%s (ERR_CRYPTO_INVALID_KEY)', (_, pkcs8) => {
    expect(() => importNow(pkcs8)).toThrow(invalidKey)
  })

  test.each([
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey],
    ['X25519', generateKeyPairSync('x25519').privateKey],
  ])('of %s (ERR_CRYPTO_UNSUPPORTED)', (_, key) => {
    expect(() => importNow(der(key))).toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
  })
})
