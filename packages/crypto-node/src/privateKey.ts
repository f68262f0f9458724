/** Private keys that sign, on node:crypto. They are kept as key objects: the PKCS #8 may be overwritten once a key is imported. */
import { createECDH, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import {
  checkRsaPrivateNumbers,
  constantTimeEqual,
  CryptoError,
  readPrivateKeyInfo,
  readSubjectPublicKeyInfo,
  signingAlgorithmsOf,
  writeRsaPublicKey,
  writeSubjectPublicKeyInfo,
  type Curve,
  type PrivateKeyInfo,
  type PrivateKeyInput,
  type SigningKey,
} from '@mortise/crypto'
import { plainBytes } from './bytes.ts'
import { signingOptions } from './signingOptions.ts'

const curveNames: Readonly<Record<Curve, string>> = {
  'P-256': 'prime256v1',
  'P-384': 'secp384r1',
  'P-521': 'secp521r1',
}

/** @throws CryptoError `ERR_CRYPTO_INVALID_KEY` or `ERR_CRYPTO_UNSUPPORTED` */
export function nodePrivateKey({ pkcs8 }: PrivateKeyInput): SigningKey {
  const info = readPrivateKeyInfo(pkcs8)
  const algorithms = signingAlgorithmsOf(info)
  const [key, publicKey] = importKey(pkcs8, info)
  return {
    schemes: algorithms.flatMap(({ scheme }) => scheme ?? []),
    publicKey: writeSubjectPublicKeyInfo(info.algorithm, publicKey),
    sign: (scheme, message) => {
      const algorithm = algorithms.find((item) => item.scheme === scheme)
      if (!algorithm)
        throw new CryptoError(
          'ERR_CRYPTO_UNSUPPORTED',
          `this key can't sign with scheme 0x${scheme.toString(16)}`,
        )
      try {
        return plainBytes(sign(algorithm.hash ?? null, message, { key, ...signingOptions(algorithm) }))
      } catch (cause) {
        throw new CryptoError('ERR_CRYPTO_OPERATION_FAILED', `signing with ${algorithm.name}`, { cause })
      }
    },
  }
}

/** The key and what the BIT STRING of its SubjectPublicKeyInfo holds. */
function importKey(
  pkcs8: Uint8Array,
  info: PrivateKeyInfo,
): readonly [key: KeyObject, publicKey: Uint8Array] {
  if ('modulus' in info) checkRsaPrivateNumbers(info)
  try {
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    return [key, publicKeyOf(info, key)]
  } catch (cause) {
    if (cause instanceof CryptoError) throw cause
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', `not a private key of type ${info.type}`, { cause })
  }
}

function publicKeyOf(info: PrivateKeyInfo, key: KeyObject): Uint8Array {
  switch (info.type) {
    case 'ec': {
      // OpenSSL would believe the public key that stands beside the private one
      const ecdh = createECDH(curveNames[info.curve])
      ecdh.setPrivateKey(info.privateKey)
      return matching(plainBytes(ecdh.getPublicKey()), info.publicKey)
    }
    case 'ed25519':
    case 'ed448': {
      const spki = readSubjectPublicKeyInfo(createPublicKey(key).export({ format: 'der', type: 'spki' }))
      return matching('publicKey' in spki ? spki.publicKey : new Uint8Array(0), info.publicKey)
    }
    default:
      return writeRsaPublicKey(info)
  }
}

/** A key that comes with a public key must come with its own: with another one, its signatures would give it away. */
function matching(own: Uint8Array, given: Uint8Array | undefined): Uint8Array {
  if (given && !constantTimeEqual(own, given))
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', 'a private key with the public key of another one')
  return own
}
