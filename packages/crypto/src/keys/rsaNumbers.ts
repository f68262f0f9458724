/** Which RSA numbers are worth any work, the same for every provider: a modulus of 16,384 bits costs BigInt a minute. */
import { inWords } from '@mortise/wire'
import { toBigInt } from '../finiteField.ts'
import { invalidKey } from './invalidKey.ts'
import type { RsaPrivateNumbers } from './privateKey.ts'
import type { RsaPublicNumbers } from './publicKey.ts'

const minModulusBits = 1024
const maxModulusBits = 8192
const maxExponent = 1n << 33n

/**
 * A modulus of 1024 to 8192 bits, a public exponent from 3 to 2^33, both odd.
 * @throws CryptoError `ERR_CRYPTO_INVALID_KEY` for anything else
 */
export function checkRsaPublicNumbers({ modulus, publicExponent }: RsaPublicNumbers): void {
  const bits = bitLength(modulus)
  if (bits < minModulusBits || bits > maxModulusBits)
    throw invalidKey(inWords && `an RSA modulus of ${bits} bits`)
  const exponent = publicExponent.length > 5 ? 0n : toBigInt(publicExponent)
  if (!isOdd(modulus) || !isOdd(publicExponent) || exponent < 3n || exponent > maxExponent)
    throw invalidKey(inWords && 'an RSA modulus or public exponent that is even or out of bounds')
}

/**
 * That the numbers of a key belong together: with one that's wrong, a signature could give the primes away.
 * @throws CryptoError `ERR_CRYPTO_INVALID_KEY` if they don't, or if `checkRsaPublicNumbers` refuses them
 */
export function checkRsaPrivateNumbers(numbers: RsaPrivateNumbers): void {
  checkRsaPublicNumbers(numbers)
  const n = toBigInt(numbers.modulus)
  const e = toBigInt(numbers.publicExponent)
  const d = toBigInt(numbers.privateExponent)
  const p = toBigInt(numbers.prime1)
  const q = toBigInt(numbers.prime2)
  const coefficient = toBigInt(numbers.coefficient)
  const inverts = (exponent: bigint, prime: bigint): boolean => (e * exponent) % (prime - 1n) === 1n
  const consistent =
    p > 1n &&
    q > 1n &&
    p * q === n &&
    inverts(d, p) &&
    inverts(d, q) &&
    inverts(toBigInt(numbers.exponent1), p) &&
    inverts(toBigInt(numbers.exponent2), q) &&
    coefficient < p &&
    (coefficient * q) % p === 1n
  if (!consistent) throw invalidKey(inWords && "an RSA key whose numbers don't belong together")
}

/** Of a magnitude without leading zeros. */
export function bitLength(magnitude: Uint8Array): number {
  return 8 * magnitude.length - (Math.clz32(magnitude[0] ?? 0) - 24)
}

function isOdd(magnitude: Uint8Array): boolean {
  return ((magnitude.at(-1) ?? 0) & 1) === 1
}
