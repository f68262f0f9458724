import type { HashName } from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import type { PublicKey } from './publicKey.ts'
import { Refusal } from './verdict.ts'

/** Floors and ceilings of what is verified at all. */
export interface SignaturePolicy {
  /** Of RSA moduli, in bits. Default: 2048 (Baseline Requirements §6.1.5). */
  readonly minRsaBits: number
  /** Of RSA moduli, in bits: verification takes time that grows with it. Default: 8192. */
  readonly maxRsaBits: number
  /** Hashes of signatures on certificates. Default: SHA-256, SHA-384, SHA-512. */
  readonly hashes: readonly HashName[]
}

export const defaultSignaturePolicy: SignaturePolicy = {
  minRsaBits: 2048,
  maxRsaBits: 8192,
  hashes: ['sha256', 'sha384', 'sha512'],
}

/** OpenSSL takes no longer ones with large moduli, and no authority uses them. */
const maxExponentBits = 64

/** @throws Refusal */
export function checkPublicKey(
  { type, rsa, algorithm }: PublicKey,
  { minRsaBits, maxRsaBits }: SignaturePolicy,
): void {
  if (!type)
    throw new Refusal('ERR_X509_UNSUPPORTED_KEY', {
      expected: inWords && 'RSA, Ed25519, Ed448 or an uncompressed point of P-256, P-384 or P-521',
      found: algorithm.algorithm,
    })
  if (!rsa) return
  if (rsa.modulusBits < minRsaBits || rsa.modulusBits > maxRsaBits)
    throw new Refusal('ERR_X509_WEAK_KEY', {
      expected: inWords && `an RSA modulus of ${minRsaBits} to ${maxRsaBits} bits`,
      found: `${rsa.modulusBits} bits`,
    })
  if (!rsa.exponentSound || rsa.exponentBits > maxExponentBits)
    throw new Refusal('ERR_X509_WEAK_KEY', {
      expected: inWords && `an odd RSA exponent above 1 of at most ${maxExponentBits} bits`,
      found: `${rsa.exponentBits} bits`,
    })
}
