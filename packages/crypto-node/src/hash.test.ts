import { createHash } from 'node:crypto'
import { plainSecret, type Hash, type Secret } from '@mortise/crypto'
import { describe, expect, test } from 'vitest'
import { bytes, fromHex, isPlain, toHex } from './fixtures/bytes.ts'
import { nodeHash } from './hash.ts'

const hash = (name: Hash['name']): Hash => nodeHash(name, () => 'unknown')
const secret = (text: string): Secret => plainSecret(fromHex(text))
const now = <T>(value: T | Promise<T>): T => {
  if (value instanceof Promise) throw new Error('a promise')
  return value
}

test('HKDF of SHA-256, a long output too (RFC 5869 §A.1, §A.2)', () => {
  const sha256 = hash('sha256')
  const prk = now(sha256.extract(secret('000102030405060708090a0b0c'), secret('0b'.repeat(22))))
  expect(toHex(prk.reveal())).toBe('077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5')
  const okm = '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'
  const info = fromHex('f0f1f2f3f4f5f6f7f8f9')
  expect(toHex(now(sha256.expandToBytes(prk, info, 42)))).toBe(okm)
  expect(toHex(now(sha256.expand(prk, info, 42)).reveal())).toBe(okm)
  const range = (from: number): Uint8Array => Uint8Array.from({ length: 80 }, (_, i) => from + i)
  const long = now(sha256.extract(plainSecret(range(0x60)), plainSecret(range(0))))
  expect(toHex(now(sha256.expandToBytes(long, range(0xb0), 82)))).toBe(
    'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  )
})

test('HMAC of SHA-512 (RFC 4231 §4.3)', () => {
  const data = new TextEncoder().encode('what do ya want for nothing?')
  expect(toHex(now(hash('sha512').hmac(plainSecret(new TextEncoder().encode('Jefe')), data)))).toBe(
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  )
})

describe.each([
  ['sha256', 32],
  ['sha384', 48],
  ['sha512', 64],
] as const)('%s', (name, length) => {
  const subject = hash(name)

  test('a transcript goes on after a snapshot, and its input may be reused at once (RFC 9846 §4.1)', () => {
    const state = subject.create()
    const reference = createHash(name)
    const buffer = new Uint8Array(700)
    for (let i = 0; i < 5; i++) {
      buffer.set(bytes(700))
      state.update(buffer)
      reference.update(buffer)
      buffer.fill(0)
      const snapshot = now(state.snapshot())
      expect(toHex(snapshot)).toBe(reference.copy().digest('hex'))
      expect(isPlain(snapshot)).toBe(true)
    }
  })

  test('zeros stand for a secret that is not there (RFC 9846 §7.1)', () => {
    const zeros = plainSecret(new Uint8Array(length))
    const none = now(subject.extract(undefined, undefined))
    expect(none.reveal()).toEqual(now(subject.extract(zeros, zeros)).reveal())
    expect(none.length).toBe(length)
  })

  test('HKDF-Expand gives any length up to 255 hashes, and the beginning is always the same (RFC 5869 §2.3)', () => {
    const [prk, info] = [plainSecret(bytes(length)), bytes(20)]
    const all = now(subject.expandToBytes(prk, info, 255 * length))
    for (const size of [0, 1, length - 1, length, length + 1, 3 * length + 5])
      expect(now(subject.expandToBytes(prk, info, size))).toEqual(all.subarray(0, size))
    expect(
      new Set(Array.from({ length: 255 }, (_, i) => toHex(all.slice(i * length, (i + 1) * length)))).size,
    ).toBe(255)
    expect(() => subject.expandToBytes(prk, info, 255 * length + 1)).toThrow(RangeError)
  })

  test('an imported secret is a copy; a destroyed one is not used', () => {
    const given = bytes(length)
    const expected = given.slice()
    const imported = subject.importSecret(given)
    given.fill(0)
    expect(imported.reveal()).toEqual(expected)
    expect(now(subject.digest(expected))).toEqual(new Uint8Array(createHash(name).update(expected).digest()))
    imported.destroy()
    expect(() => subject.hmac(imported, given)).toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_SECRET_DESTROYED' }),
    )
  })
})
