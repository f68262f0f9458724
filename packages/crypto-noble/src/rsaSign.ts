/**
 * RSASSA-PSS signatures (RFC 8017 §8.1.1) with BigInt. Arithmetic is that of micro-rsa-dsa-dh, whose own `sign`
 * neither blinds nor uses the primes. BigInt takes a time that depends on its operands, so here
 * the message is blinded by a random factor and the exponents by random multiples of the primes' orders; that
 * hides what is worked on, and is still no constant time.
 */
import { CryptoError, fromBigInt, toBigInt, type HashName } from '@mortise/crypto'
import { concatBytes } from '@noble/hashes/utils.js'
import { mgf1 } from 'micro-rsa-dsa-dh/rsa.js'
import { gcd, invert, mod, pow } from 'micro-rsa-dsa-dh/utils.js'
import { hashFunctions } from './hash.ts'
import type { Random } from './random.ts'

/** Two primes; the names of RFC 8017 §3.2. */
export interface RsaPrivateKey {
  readonly n: bigint
  readonly e: bigint
  readonly p: bigint
  readonly q: bigint
  readonly dP: bigint
  readonly dQ: bigint
  readonly qInv: bigint
}

/** Bytes of randomness that an exponent is blinded with. */
const exponentBlinding = 8

/** The salt is as long as the hash (RFC 9846 §4.3.3). The signature is as long as the modulus. */
export function signPss(key: RsaPrivateKey, hash: HashName, message: Uint8Array, random: Random): Uint8Array {
  const bits = bitLength(key.n)
  const encoded = toBigInt(encodePss(hash, message, bits - 1, random))
  const signature = privateOperation(key, encoded, random)
  // A fault in the arithmetic of one prime would reveal the other one
  if (pow(signature, key.e, key.n) !== encoded)
    throw new CryptoError('ERR_CRYPTO_OPERATION_FAILED', 'an RSA signature came out wrong')
  return fromBigInt(signature, Math.ceil(bits / 8))
}

/** EMSA-PSS-ENCODE (RFC 8017 §9.1.1). */
function encodePss(name: HashName, message: Uint8Array, bits: number, random: Random): Uint8Array {
  const hash = hashFunctions[name]
  const length = Math.ceil(bits / 8)
  const salt = random(hash.outputLen)
  const digest = hash(concatBytes(new Uint8Array(8), hash(message), salt))
  const block = new Uint8Array(length - hash.outputLen - 1)
  block[block.length - salt.length - 1] = 1
  block.set(salt, block.length - salt.length)
  const mask = mgf1(hash)(digest, { dkLen: block.length })
  for (let i = 0; i < block.length; i++) block[i] = (block[i] ?? 0) ^ (mask[i] ?? 0)
  block[0] = (block[0] ?? 0) & (0xff >> (8 * length - bits))
  return concatBytes(block, digest, Uint8Array.of(0xbc))
}

/** `input` to the power of d, modulo n, by the Chinese remainder theorem, blinded. */
function privateOperation(
  { n, e, p, q, dP, dQ, qInv }: RsaPrivateKey,
  input: bigint,
  random: Random,
): bigint {
  const factor = randomUnit(n, random)
  const blinded = (input * pow(factor, e, n)) % n
  const ofP = pow(blinded % p, dP + (p - 1n) * toBigInt(random(exponentBlinding)), p)
  const ofQ = pow(blinded % q, dQ + (q - 1n) * toBigInt(random(exponentBlinding)), q)
  const result = ofQ + q * mod((ofP - ofQ) * qInv, p)
  return (result * invert(factor, n)) % n
}

function randomUnit(n: bigint, random: Random): bigint {
  for (;;) {
    // Longer than n, so that no value is noticeably more likely than another
    const factor = toBigInt(random(Math.ceil(bitLength(n) / 8) + 16)) % n
    if (gcd(factor, n) === 1n) return factor
  }
}

function bitLength(value: bigint): number {
  return value.toString(2).length
}
