/** Verification of RSA signatures (RFC 8017 §8), by micro-rsa-dsa-dh. */
import type { HashName } from '@mortise/crypto'
import { mgf1, PKCS1_SHA256, PKCS1_SHA384, PKCS1_SHA512, PSS, type IPKCS } from 'micro-rsa-dsa-dh/rsa.js'
import { hashFunctions } from './hash.ts'

export interface RsaPublicKey {
  readonly n: bigint
  readonly e: bigint
}

const pkcs1: Readonly<Record<HashName, IPKCS>> = {
  sha256: PKCS1_SHA256,
  sha384: PKCS1_SHA384,
  sha512: PKCS1_SHA512,
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
