import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { plainSecret } from '@mortise/crypto'
import { describe, expect, test } from 'vitest'
import { nobleHash } from './hash.ts'

function bytes(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length))
}

function hex(value: ArrayBuffer | Uint8Array | Promise<Uint8Array>): string {
  if (value instanceof Promise) throw new Error('not synchronous')
  return Buffer.from(value instanceof ArrayBuffer ? new Uint8Array(value) : value).toString('hex')
}

describe.each([
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
] as const)('%s', (name, length) => {
  const hash = nobleHash(name)

  test('digests as node:crypto does', () => {
    expect(hash.length).toBe(length)
    for (const size of [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 5000]) {
      const data = bytes(size)
      expect(hex(hash.digest(data))).toBe(createHash(name).update(data).digest('hex'))
    }
  })

  test('a transcript goes on after a snapshot, and its input may be reused (RFC 9846 §4.1)', () => {
    const state = hash.create()
    const own = createHash(name)
    expect(hex(state.snapshot())).toBe(createHash(name).digest('hex'))
    const buffer = new Uint8Array(200)
    for (let i = 0; i < 5; i++) {
      buffer.set(bytes(200))
      state.update(buffer)
      own.update(buffer)
      buffer.fill(0)
      expect(hex(state.snapshot())).toBe(own.copy().digest('hex'))
      expect(hex(state.snapshot())).toBe(own.copy().digest('hex'))
    }
  })

  test('HMAC takes keys and data of any length (RFC 2104)', () => {
    for (const size of [0, 1, 32, 64, 65, 128, 129, 300]) {
      const [key, data] = [bytes(size), bytes(size * 2)]
      expect(hex(hash.hmac(plainSecret(key.slice()), data))).toBe(
        createHmac(name, key).update(data).digest('hex'),
      )
    }
  })

  test('HKDF-Extract and HKDF-Expand (RFC 5869)', () => {
    for (const size of [0, 1, length, length + 1, 255 * length]) {
      const [salt, ikm, info] = [bytes(length), bytes(40), bytes(17)]
      const prk = hash.extract(plainSecret(salt.slice()), plainSecret(ikm.slice()))
      if (prk instanceof Promise) throw new Error('not synchronous')
      const expected = size === 0 ? '' : hex(hkdfSync(name, ikm, salt, info, size))
      expect(hex(hash.expandToBytes(prk, info, size))).toBe(expected)
      const secret = hash.expand(prk, info, size)
      if (secret instanceof Promise) throw new Error('not synchronous')
      expect(hex(secret.reveal())).toBe(expected)
    }
    expect(() => hash.expandToBytes(plainSecret(bytes(length)), bytes(1), 255 * length + 1)).toThrow(
      RangeError,
    )
  })

  test('HKDF-Extract takes what is missing for zeros (RFC 9846 §7.1)', () => {
    const zeros = new Uint8Array(length)
    const early = hash.extract(undefined, undefined)
    if (early instanceof Promise) throw new Error('not synchronous')
    expect(hex(early.reveal())).toBe(createHmac(name, zeros).update(zeros).digest('hex'))
  })

  test('imports a copy', () => {
    const material = bytes(length)
    const secret = hash.importSecret(material)
    const before = hex(secret.reveal())
    material.fill(0)
    expect(hex(secret.reveal())).toBe(before)
  })
})
