/** Signatures on node:crypto: verification by scheme, and private keys that sign. */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type KeyObject,
  type SigningOptions,
} from 'node:crypto'
import {
  CryptoError,
  publicKeyFor,
  readPrivateKeyInfo,
  signatureDescriptors,
  signingAlgorithmsOf,
  type PrivateKeyInput,
  type SignatureAlgorithm,
  type SignatureDescriptor,
  type SigningKey,
} from '@mortise/crypto'
import type { Approval } from './approval.ts'

export function nodeSignatures(approval: Approval): readonly SignatureAlgorithm[] {
  return signatureDescriptors().map((descriptor) => ({
    ...descriptor,
    approval: approval(true),
    verify: (spki, message, signature) => {
      publicKeyFor(descriptor, spki)
      const key = importPublicKey(spki)
      try {
        return verify(descriptor.hash ?? null, message, { key, ...signingOptions(descriptor) }, signature)
      } catch {
        return false // OpenSSL refuses what it can't parse
      }
    },
  }))
}

function importPublicKey(spki: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch (cause) {
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', 'not a SubjectPublicKeyInfo', { cause })
  }
}

function signingOptions({ key, padding }: SignatureDescriptor): SigningOptions {
  if (key.type === 'ec') return { dsaEncoding: 'der' }
  if (padding === undefined) return {}
  return padding === 'pkcs1'
    ? { padding: constants.RSA_PKCS1_PADDING }
    : { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
}

/** @throws CryptoError `ERR_CRYPTO_INVALID_KEY` or `ERR_CRYPTO_UNSUPPORTED` */
export function nodePrivateKey({ pkcs8 }: PrivateKeyInput): SigningKey {
  let key: KeyObject
  try {
    key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  } catch (cause) {
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', 'not a PKCS #8 private key', { cause })
  }
  const usable = signingAlgorithmsOf(readPrivateKeyInfo(pkcs8))
  return {
    schemes: usable.flatMap(({ scheme }) => (scheme === undefined ? [] : [scheme])),
    publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }),
    sign: (scheme, message) => {
      const descriptor = usable.find((item) => item.scheme === scheme)
      if (!descriptor)
        throw new CryptoError(
          'ERR_CRYPTO_UNSUPPORTED',
          `this key can't sign with scheme 0x${scheme.toString(16)}`,
        )
      return sign(descriptor.hash ?? null, message, { key, ...signingOptions(descriptor) })
    },
  }
}
