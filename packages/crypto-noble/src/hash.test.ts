import { plainSecret } from '@mortise/crypto'
import { concat, hex as hexOf } from '@mortise/wire'
import { describe, expect, test } from 'vitest'
import { digest, hkdf, hmac, randomBytes as bytes } from './fixtures/reference.ts'
import { nobleHash } from './hash.ts'

function hex(value: Uint8Array | Promise<Uint8Array>): string {
  if (value instanceof Promise) throw new Error('not synchronous')
  return hexOf(value)
}

describe.each([
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
] as const)('%s', (name, length) => {
  const hash = nobleHash(name)

  test('digests as Web Crypto does', async () => {
    expect(hash.length).toBe(length)
    for (const size of [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 5000]) {
      const data = bytes(size)
      expect(hex(hash.digest(data))).toBe(hex(await digest(name, data)))
    }
  })

  test('a transcript goes on after a snapshot, and its input may be reused (RFC 9846 §4.1)', async () => {
    const state = hash.create()
    let all: Uint8Array = new Uint8Array(0)
    expect(hex(state.snapshot())).toBe(hex(await digest(name, all)))
    const buffer = new Uint8Array(200)
    for (let i = 0; i < 5; i++) {
      buffer.set(bytes(200))
      state.update(buffer)
      all = concat(all, buffer)
      buffer.fill(0)
      const expected = hex(await digest(name, all))
      expect(hex(state.snapshot())).toBe(expected)
      expect(hex(state.snapshot())).toBe(expected)
    }
  })

  test('HMAC takes keys and data of any length (RFC 2104)', async () => {
    for (const size of [0, 1, 32, 64, 65, 128, 129, 300]) {
      const [key, data] = [bytes(size), bytes(size * 2)]
      expect(hex(hash.hmac(plainSecret(key.slice()), data))).toBe(hex(await hmac(name, key, data)))
    }
  })

  test('HKDF-Extract and HKDF-Expand (RFC 5869)', async () => {
    for (const size of [0, 1, length, length + 1, 255 * length]) {
      const [salt, ikm, info] = [bytes(length), bytes(40), bytes(17)]
      const prk = hash.extract(plainSecret(salt.slice()), plainSecret(ikm.slice()))
      if (prk instanceof Promise) throw new Error('not synchronous')
      const expected = size === 0 ? '' : hex(await hkdf(name, salt, ikm, info, size))
      expect(hex(hash.expandToBytes(prk, info, size))).toBe(expected)
      const secret = hash.expand(prk, info, size)
      if (secret instanceof Promise) throw new Error('not synchronous')
      expect(hex(secret.reveal())).toBe(expected)
    }
    expect(() => hash.expandToBytes(plainSecret(bytes(length)), bytes(1), 255 * length + 1)).toThrow(
      RangeError,
    )
  })

  test('HKDF-Extract takes what is missing for zeros (RFC 9846 §7.1)', async () => {
    const zeros = new Uint8Array(length)
    const early = hash.extract(undefined, undefined)
    if (early instanceof Promise) throw new Error('not synchronous')
    expect(hex(early.reveal())).toBe(hex(await hmac(name, zeros, zeros)))
  })

  test('imports a copy', () => {
    const material = bytes(length)
    const secret = hash.importSecret(material)
    const before = hex(secret.reveal())
    material.fill(0)
    expect(hex(secret.reveal())).toBe(before)
  })
})
