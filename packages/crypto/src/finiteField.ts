/**
 * The finite-field groups of RFC 7919. Their primes are computed from its formula (appendix A) when first used:
 * p = 2^b - 2^(b-64) + (floor(2^(b-130) e) + X) 2^64 - 1, with generator 2.
 */
import { inWords } from '@mortise/wire'
import { CryptoError } from './error.ts'

/** A group of RFC 7919. */
export interface FiniteField {
  readonly name: 'ffdhe2048' | 'ffdhe3072' | 'ffdhe4096' | 'ffdhe6144' | 'ffdhe8192'
  /** NamedGroup code point. */
  readonly group: number
  /** Length of the prime, and so of every share and secret, in bytes. */
  readonly length: number
  /** Length of a private exponent in bytes: twice the strength of RFC 7919 appendix A, generously. */
  readonly exponentLength: number
  /** Computed when first asked for. */
  readonly prime: () => bigint
}

// prettier-ignore
const constants: readonly (readonly [FiniteField['name'], group: number, bits: number, exponentBits: number, x: bigint])[] = [
  ['ffdhe2048', 0x0100, 2048, 256, 560_316n],
  ['ffdhe3072', 0x0101, 3072, 320, 2_625_351n],
  ['ffdhe4096', 0x0102, 4096, 384, 5_736_041n],
  ['ffdhe6144', 0x0103, 6144, 448, 15_705_020n],
  ['ffdhe8192', 0x0104, 8192, 512, 10_965_728n],
]

/** The five groups, in the order of their size. */
export function finiteFields(): readonly FiniteField[] {
  return constants.map(([name, group, bits, exponentBits, x]) => {
    let prime: bigint | undefined
    return {
      name,
      group,
      length: bits / 8,
      exponentLength: exponentBits / 8,
      prime: () => (prime ??= computePrime(BigInt(bits), x)),
    }
  })
}

function computePrime(bits: bigint, x: bigint): bigint {
  return (1n << bits) - (1n << (bits - 64n)) + ((scaledE(bits - 130n) + x) << 64n) - 1n
}

/** floor(2^scale e), by the series of 1/n! with bits to spare. */
function scaledE(scale: bigint): bigint {
  const spare = 64n
  let sum = 0n
  let term = 1n << (scale + spare)
  for (let n = 1n; term > 0n; n++) {
    sum += term
    term /= n
  }
  return sum >> spare
}

/**
 * A peer's share as a number.
 * @throws CryptoError `ERR_CRYPTO_INVALID_KEY_SHARE` unless it has the prime's length and 1 < Y < p - 1 (RFC 9846 §4.3.8.1)
 */
export function readFiniteFieldShare({ name, length, prime }: FiniteField, share: Uint8Array): bigint {
  const y = share.length === length ? toBigInt(share) : 0n
  if (y <= 1n || y >= prime() - 1n)
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY_SHARE', inWords && `not a share of ${name}`)
  return y
}

/** Big-endian. */
export function toBigInt(bytes: Uint8Array): bigint {
  let digits = '0x0'
  for (const byte of bytes) digits += byte.toString(16).padStart(2, '0')
  return BigInt(digits)
}

/** Big-endian, padded with zeros on the left to `length` bytes. */
export function fromBigInt(value: bigint, length: number): Uint8Array {
  const digits = value.toString(16).padStart(length * 2, '0')
  return Uint8Array.from({ length }, (_, i) => Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16))
}
