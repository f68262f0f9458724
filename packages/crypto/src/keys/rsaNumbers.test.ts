import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fromBigInt, toBigInt } from '../finiteField.ts'
import { readPrivateKeyInfo, type RsaPrivateNumbers } from './privateKey.ts'
import { checkRsaPrivateNumbers, checkRsaPublicNumbers } from './rsaNumbers.ts'

const invalid: unknown = expect.objectContaining({ name: 'CryptoError', code: 'ERR_CRYPTO_INVALID_KEY' })
const bytes = (value: bigint): Uint8Array => fromBigInt(value, Math.ceil(value.toString(16).length / 2))

describe('public numbers', () => {
  const modulus = bytes((1n << 2047n) | 1n)

  test.each([
    ['a modulus of 1024 bits', (1n << 1023n) | 1n, 3n],
    ['a modulus of 8192 bits', (1n << 8191n) | 1n, 65_537n],
    ['the largest exponent', (1n << 2047n) | 1n, (1n << 33n) - 1n],
  ])('%s is fine', (_, n, e) => {
    expect(() => checkRsaPublicNumbers({ modulus: bytes(n), publicExponent: bytes(e) })).not.toThrow()
  })

  test.each([
    ['a modulus of 0', new Uint8Array(0), Uint8Array.of(3)],
    ['a modulus of 1023 bits', bytes((1n << 1022n) | 1n), Uint8Array.of(3)],
    ['a modulus of 8193 bits', bytes((1n << 8192n) | 1n), Uint8Array.of(3)],
    ['an even modulus', bytes(1n << 2047n), Uint8Array.of(3)],
    ['an exponent of 0', modulus, new Uint8Array(0)],
    ['an exponent of 1', modulus, Uint8Array.of(1)],
    ['an even exponent', modulus, bytes(65_536n)],
    ['an exponent beyond 2^33', modulus, bytes((1n << 33n) + 1n)],
    ['an exponent as long as the modulus', modulus, modulus],
  ])('%s is refused', (_, n, publicExponent) => {
    expect(() => checkRsaPublicNumbers({ modulus: n, publicExponent })).toThrow(invalid)
  })
})

describe('private numbers', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const numbers = readPrivateKeyInfo(
    new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })),
  ) as unknown as RsaPrivateNumbers

  test('that belong together are fine', () => {
    expect(() => checkRsaPrivateNumbers(numbers)).not.toThrow()
  })

  test.each([
    'modulus',
    'publicExponent',
    'privateExponent',
    'prime1',
    'prime2',
    'exponent1',
    'exponent2',
    'coefficient',
  ] as const)('whose %s belongs to another key are refused', (name) => {
    for (const other of [bytes(toBigInt(numbers[name]) + 2n), new Uint8Array(0), Uint8Array.of(1)])
      expect(() => checkRsaPrivateNumbers({ ...numbers, [name]: other })).toThrow(invalid)
  })
})
