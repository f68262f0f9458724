import { createECDH } from 'node:crypto'
import {
  finiteFields,
  fromBigInt,
  type KeyExchangeGroup,
  type KeyOffer,
  type KeyResponse,
} from '@mortise/crypto'
import { describe, expect, test } from 'vitest'
import { bytes, fromHex, isPlain, toHex } from './fixtures/bytes.ts'
import { nodeCrypto } from './nodeCrypto.ts'

const { groups } = nodeCrypto()
const error = (code: string): unknown => expect.objectContaining({ name: 'CryptoError', code })
const invalidShare = error('ERR_CRYPTO_INVALID_KEY_SHARE')

const now = <T>(value: T | Promise<T>): T => {
  if (value instanceof Promise) throw new Error('a promise')
  return value
}
const offerOf = (group: KeyExchangeGroup): KeyOffer => now(group.offer())
const respond = (group: KeyExchangeGroup, share: Uint8Array): KeyResponse => now(group.respond(share))
const group = (name: string): KeyExchangeGroup => {
  const found = groups.find((item) => item.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}
const changedAt = (share: Uint8Array, at: number, value: number): Uint8Array =>
  share.map((byte, i) => (i === at ? value : byte))

test('the order of preference: hybrids first where there is ML-KEM, finite fields last', () => {
  const names = groups.map(({ name }) => name)
  const classical = ['x25519', 'secp256r1', 'secp384r1', 'secp521r1', 'x448']
  expect(names.filter((name) => !name.includes('MLKEM'))).toEqual([
    ...classical,
    ...finiteFields().map(({ name }) => name),
  ])
  expect(names.indexOf('X25519MLKEM768')).toBeLessThanOrEqual(0)
})

describe.each(groups.map((item) => [item.name, item] as const))('%s', (_, item) => {
  test('both sides come to the same secret at once, and to another one each time', () => {
    const seen = new Set<string>()
    for (let i = 0; i < 2; i++) {
      const offer = offerOf(item)
      const { share, secret } = respond(item, offer.share)
      expect(now(offer.complete(share)).reveal()).toEqual(secret.reveal())
      expect(isPlain(offer.share) && isPlain(share)).toBe(true)
      seen.add(toHex(secret.reveal())).add(toHex(offer.share))
    }
    expect(seen.size).toBe(4)
  })

  test('refuses shares of another length (RFC 9846 §4.3.8), and private keys too', () => {
    const offer = offerOf(item)
    const { share } = respond(item, offer.share)
    for (const wrong of [new Uint8Array(0), offer.share.subarray(1), Uint8Array.of(...offer.share, 0)])
      expect(() => item.respond(wrong)).toThrow(invalidShare)
    for (const wrong of [new Uint8Array(0), share.subarray(1), Uint8Array.of(...share, 0)])
      expect(() => offer.complete(wrong)).toThrow(invalidShare)
    expect(() => item.fromPrivateKey?.(new Uint8Array(5))).toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })

  test('a destroyed private key is gone', () => {
    const offer = offerOf(item)
    const { share } = respond(item, offer.share)
    offer.destroy()
    expect(() => offer.complete(share)).toThrow(error('ERR_CRYPTO_SECRET_DESTROYED'))
  })
})

test.each([
  [
    'x25519',
    '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
    'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
    '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
    '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
  ],
  [
    'x448',
    '1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d',
    '3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609',
    '9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0',
    '07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037514a879d',
  ],
])('%s (RFC 7748 §6)', (name, privateKey, share, peerShare, secret) => {
  const offer = now(group(name).fromPrivateKey?.(fromHex(privateKey)) ?? offerOf(group(name)))
  expect(toHex(offer.share)).toBe(share)
  expect(toHex(now(offer.complete(fromHex(peerShare))).reveal())).toBe(secret)
})

describe.each(['x25519', 'x448'])('%s', (name) => {
  test('refuses shares of low order, whose secret would be zero (RFC 9846 §7.4.2)', () => {
    const { length } = offerOf(group(name)).share
    const zero = new Uint8Array(length)
    for (const share of [zero, changedAt(zero, 0, 1)]) {
      expect(() => group(name).respond(share)).toThrow(invalidShare)
      expect(() => offerOf(group(name)).complete(share)).toThrow(invalidShare)
    }
  })
})

describe.each([
  ['secp256r1', 'prime256v1', 32],
  ['secp384r1', 'secp384r1', 48],
  ['secp521r1', 'secp521r1', 66],
] as const)('%s', (name, curve, length) => {
  test('the secret is x, with its leading zeros (RFC 9846 §7.4.2), from a given key too', () => {
    const ecdh = createECDH(curve)
    const share = new Uint8Array(ecdh.generateKeys())
    const { share: answer, secret } = respond(group(name), share)
    expect(secret.length).toBe(length)
    const padded = new Uint8Array(length)
    const plain = ecdh.computeSecret(answer)
    padded.set(plain, length - plain.length)
    expect(secret.reveal()).toEqual(padded)
    const key = new Uint8Array(length)
    const raw = ecdh.getPrivateKey()
    key.set(raw, length - raw.length)
    expect(now(group(name).fromPrivateKey?.(key) ?? offerOf(group(name))).share).toEqual(share)
    for (const outOfRange of [new Uint8Array(length), new Uint8Array(length).fill(0xff)])
      expect(() => group(name).fromPrivateKey?.(outOfRange)).toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })

  test('uncompressed points of the curve only (RFC 9846 §4.3.8.2)', () => {
    const { share } = offerOf(group(name))
    const last = share.length - 1
    const compressed = Uint8Array.of(2 + ((share[last] ?? 0) & 1), ...share.subarray(1, 1 + length))
    for (const bad of [
      changedAt(share, last, (share[last] ?? 0) ^ 1),
      changedAt(share, 0, 6 + ((share[last] ?? 0) & 1)),
      changedAt(share, 0, 0),
      compressed,
      Uint8Array.of(4, ...new Uint8Array(2 * length)),
      Uint8Array.of(0),
    ])
      expect(() => group(name).respond(bad)).toThrow(invalidShare)
  })
})

test('finite fields: shares from 2 to p - 2, as long as the prime (RFC 9846 §4.3.8.1)', () => {
  for (const field of finiteFields().slice(0, 2)) {
    const item = group(field.name)
    const prime = field.prime()
    for (const share of [0n, 1n, prime - 1n, prime, prime + 1n])
      expect(() => item.respond(fromBigInt(share, field.length))).toThrow(invalidShare)
    // 2 as the peer's share makes the secret our own share
    const offer = offerOf(item)
    expect(now(offer.complete(fromBigInt(2n, field.length))).reveal()).toEqual(offer.share)
    const given = now(item.fromPrivateKey?.(fromBigInt(5n, field.exponentLength)) ?? offer)
    expect(given.share).toEqual(fromBigInt(32n, field.length))
  }
})

describe.skipIf(!groups.some(({ name }) => name === 'MLKEM1024'))('ML-KEM', () => {
  test('a key is made of its seed (FIPS 203 §7.1); a changed ciphertext gives another secret (§6.3)', () => {
    const item = group('MLKEM1024')
    const seed = bytes(64)
    const [one, two] = [item.fromPrivateKey?.(seed), item.fromPrivateKey?.(seed)].map((offer) =>
      now(offer ?? offerOf(item)),
    )
    if (!one || !two) throw new Error('no key')
    expect(one.share).toEqual(two.share)
    const { share, secret } = respond(item, one.share)
    expect(now(two.complete(share)).reveal()).toEqual(secret.reveal())
    const other = now(two.complete(changedAt(share, 0, (share[0] ?? 0) ^ 1)))
    expect(other.length).toBe(32)
    expect(other.reveal()).not.toEqual(secret.reveal())
  })

  test('coefficients of an encapsulation key are below the modulus (FIPS 203 §7.2)', () => {
    for (const name of ['X25519MLKEM768', 'MLKEM1024']) {
      const { share } = offerOf(group(name))
      expect(() => group(name).respond(share.map((byte, i) => (i < 3 ? 0xff : byte)))).toThrow(invalidShare)
    }
  })
})
