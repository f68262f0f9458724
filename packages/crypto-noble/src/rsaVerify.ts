/** Verification of RSA signatures (RFC 8017 §8), by micro-rsa-dsa-dh. */
import { CryptoError, type HashName } from '@mortise/crypto'
import { mgf1, PKCS1_SHA256, PKCS1_SHA384, PKCS1_SHA512, PSS, type IPKCS } from 'micro-rsa-dsa-dh/rsa.js'
import { hashFunctions } from './hash.ts'
import { bitLength } from './rsaSign.ts'

export interface RsaPublicKey {
  readonly n: bigint
  readonly e: bigint
}

/** Bounds of what is worth any work: a modulus of 16,384 bits with an exponent as long takes a minute. */
const minModulusBits = 1024
const maxModulusBits = 8192
const maxExponent = 1n << 33n

const pkcs1: Readonly<Record<HashName, IPKCS>> = {
  sha256: PKCS1_SHA256,
  sha384: PKCS1_SHA384,
  sha512: PKCS1_SHA512,
}

/** @throws CryptoError `ERR_CRYPTO_INVALID_KEY` for a public key that is no key, or too much work */
export function checkRsaPublicKey({ n, e }: RsaPublicKey): void {
  const bits = bitLength(n)
  if (bits < minModulusBits || bits > maxModulusBits)
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', `an RSA modulus of ${bits} bits`)
  if ((n & 1n) === 0n || e < 3n || (e & 1n) === 0n || e > maxExponent)
    throw new CryptoError(
      'ERR_CRYPTO_INVALID_KEY',
      'an RSA modulus or public exponent that is even or out of bounds',
    )
}

/**
 * A signature has exactly the modulus' length. For PKCS #1 v1.5 the expected encoding is made and compared as a
 * whole, so nothing in it is parsed; for PSS the salt has the length of the hash.
 */
export function verifyRsa(
  key: RsaPublicKey,
  padding: 'pkcs1' | 'pss',
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const hashFunction = hashFunctions[hash]
  const scheme =
    padding === 'pkcs1' ? pkcs1[hash] : PSS(hashFunction, mgf1(hashFunction), hashFunction.outputLen)
  try {
    return scheme.verify({ n: key.n, e: key.e }, message, signature)
  } catch {
    return false // what it throws for is a number that doesn't fit, or a modulus too short for the hash
  }
}
