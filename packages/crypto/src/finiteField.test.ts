import { checkPrimeSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { finiteFields, fromBigInt, readFiniteFieldShare, toBigInt } from './finiteField.ts'

const invalid: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY_SHARE' })

/** The last words of the primes but for 64 ones, as printed in RFC 7919 appendix A. */
const ends: Readonly<Record<string, string>> = {
  ffdhe2048: '886b423861285c97',
  ffdhe3072: '25e41d2b66c62e37',
  ffdhe4096: 'c68a007e5e655f6a',
  ffdhe6144: 'a40e329cd0e40e65',
  ffdhe8192: 'd68c8bb7c5c6424c',
}

describe.each(finiteFields().map((field) => [field.name, field] as const))('%s', (name, field) => {
  const prime = field.prime()

  test('has the prime of RFC 7919', () => {
    const digits = prime.toString(16)
    expect(digits.length).toBe(2 * field.length)
    expect(digits).toMatch(/^f{16}adf85458a2bb4a9aafdc5620273d3cf1/)
    expect(digits.slice(-32)).toBe(`${ends[name]}ffffffffffffffff`)
    expect(field.prime()).toBe(prime)
  })

  test('a share has the length of the prime, and is above 1 and below p - 1 (RFC 9846 §4.3.8.1)', () => {
    const share = (value: bigint): Uint8Array => fromBigInt(value, field.length)
    for (const value of [2n, prime / 2n, prime - 2n])
      expect(readFiniteFieldShare(field, share(value))).toBe(value)
    for (const value of [0n, 1n, prime - 1n, prime, prime + 1n, (1n << BigInt(8 * field.length)) - 1n])
      expect(() => readFiniteFieldShare(field, share(value))).toThrow(invalid)
    for (const bytes of [new Uint8Array(0), share(2n).subarray(1), Uint8Array.of(0, ...share(2n))])
      expect(() => readFiniteFieldShare(field, bytes)).toThrow(invalid)
  })
})

test('the primes are safe ones', () => {
  const [field] = finiteFields()
  const prime = field?.prime() ?? 0n
  expect(checkPrimeSync(prime, { checks: 2 })).toBe(true)
  expect(checkPrimeSync((prime - 1n) / 2n, { checks: 2 })).toBe(true)
})

test('numbers are big-endian', () => {
  expect(toBigInt(Uint8Array.of(0, 1, 2))).toBe(258n)
  expect(toBigInt(new Uint8Array(0))).toBe(0n)
  expect(fromBigInt(258n, 4)).toEqual(Uint8Array.of(0, 0, 1, 2))
})
