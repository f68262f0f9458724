/** ECDSA on the NIST curves (FIPS 186-5), by @noble/curves. */
import { p256, p384, p521 } from '@noble/curves/nist.js'
import {
  CryptoError,
  ecdsaSignatureFromDer,
  ecdsaSignatureToDer,
  type Curve,
  type HashName,
} from '@mortise/crypto'
import { hashFunctions } from './hash.ts'
import type { Random } from './random.ts'

const curves: Readonly<Record<Curve, typeof p256>> = { 'P-256': p256, 'P-384': p384, 'P-521': p521 }

/** s may be in either half, as neither TLS nor X.509 cares. The hash is given, not the curve's own. */
const format = { format: 'compact', lowS: false, prehash: false } as const

/** @throws CryptoError `ERR_CRYPTO_INVALID_KEY` unless it is an uncompressed point of the curve */
export function checkPoint(name: Curve, point: Uint8Array): void {
  if (!curves[name].utils.isValidPublicKey(point, false))
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', `not an uncompressed point of ${name}`)
}

/** @param point as checked by `checkPoint` */
export function verifyEcdsa(
  name: Curve,
  point: Uint8Array,
  hash: HashName,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const raw = ecdsaSignatureFromDer(name, signature)
  return raw !== undefined && curves[name].verify(raw, hashFunctions[hash](message), point, format)
}

/** The uncompressed point of a private key. @throws CryptoError `ERR_CRYPTO_INVALID_KEY` if it is out of range */
export function publicPoint(name: Curve, privateKey: Uint8Array): Uint8Array {
  if (!curves[name].utils.isValidSecretKey(privateKey))
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', `not a private key of ${name}`)
  return curves[name].getPublicKey(privateKey, false)
}

/** Nonces are made of key and message (RFC 6979), and of randomness too, so that no fault can be repeated. */
export function signEcdsa(
  name: Curve,
  privateKey: Uint8Array,
  hash: HashName,
  message: Uint8Array,
  random: Random,
): Uint8Array {
  const extraEntropy = random(privateKey.length)
  return ecdsaSignatureToDer(
    curves[name].sign(hashFunctions[hash](message), privateKey, { ...format, extraEntropy }),
  )
}
