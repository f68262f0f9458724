/** Private keys that sign. What is kept is copied: the PKCS #8 may be overwritten once a key is imported. */
import {
  checkRsaPrivateNumbers,
  constantTimeEqual,
  CryptoError,
  readPrivateKeyInfo,
  signingAlgorithmsOf,
  toBigInt,
  writeRsaPublicKey,
  writeSubjectPublicKeyInfo,
  type HashName,
  type PrivateKeyInfo,
  type PrivateKeyInput,
  type RsaPrivateNumbers,
  type SigningKey,
} from '@mortise/crypto'
import { publicPoint, signEcdsa } from './ecdsa.ts'
import { edwardsPublicKey, signEdwards } from './eddsa.ts'
import type { Random } from './random.ts'
import { signPss, type RsaPrivateKey } from './rsaSign.ts'

interface Signer {
  /** What the BIT STRING of the SubjectPublicKeyInfo holds. */
  readonly publicKey: Uint8Array
  readonly sign: (hash: HashName | undefined, message: Uint8Array) => Uint8Array
}

/** @throws CryptoError `ERR_CRYPTO_INVALID_KEY` or `ERR_CRYPTO_UNSUPPORTED` */
export function noblePrivateKey({ pkcs8 }: PrivateKeyInput, random: Random): SigningKey {
  const key = readPrivateKeyInfo(pkcs8)
  const algorithms = signingAlgorithmsOf(key)
  const { publicKey, sign } = signerOf(key, random)
  return {
    schemes: algorithms.flatMap(({ scheme }) => scheme ?? []),
    publicKey: writeSubjectPublicKeyInfo(key.algorithm, publicKey),
    sign: (scheme, message) => {
      const algorithm = algorithms.find((item) => item.scheme === scheme)
      if (!algorithm)
        throw new CryptoError(
          'ERR_CRYPTO_UNSUPPORTED',
          `this key can't sign with scheme 0x${scheme.toString(16)}`,
        )
      return sign(algorithm.hash, message)
    },
  }
}

function signerOf(key: PrivateKeyInfo, random: Random): Signer {
  switch (key.type) {
    case 'ec': {
      const { curve } = key
      const privateKey = new Uint8Array(key.privateKey)
      return {
        publicKey: matching(publicPoint(curve, privateKey), key.publicKey),
        sign: (hash, message) => signEcdsa(curve, privateKey, hash as HashName, message, random),
      }
    }
    case 'ed25519':
    case 'ed448': {
      const { type } = key
      const seed = new Uint8Array(key.privateKey)
      return {
        publicKey: matching(edwardsPublicKey(type, seed), key.publicKey),
        sign: (_, message) => signEdwards(type, seed, message),
      }
    }
    default: {
      const numbers = rsaNumbers(key)
      return {
        publicKey: writeRsaPublicKey(key),
        sign: (hash, message) => signPss(numbers, hash as HashName, message, random),
      }
    }
  }
}

/** A key that comes with a public key must come with its own: with another one, its signatures would give it away. */
function matching(own: Uint8Array, given: Uint8Array | undefined): Uint8Array {
  if (given && !constantTimeEqual(own, given))
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', 'a private key with the public key of another one')
  return own
}

function rsaNumbers(key: RsaPrivateNumbers): RsaPrivateKey {
  checkRsaPrivateNumbers(key)
  return {
    n: toBigInt(key.modulus),
    e: toBigInt(key.publicExponent),
    p: toBigInt(key.prime1),
    q: toBigInt(key.prime2),
    dP: toBigInt(key.exponent1),
    dQ: toBigInt(key.exponent2),
    qInv: toBigInt(key.coefficient),
  }
}
