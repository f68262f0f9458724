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
  signatureDescriptors,
  type HashName,
  type PrivateKeyInput,
  type SignatureAlgorithm,
  type SignatureDescriptor,
  type SigningKey,
} from '@mortise/crypto'
import type { Approval } from './approval.ts'

const hashLengths: Readonly<Record<HashName, number>> = { sha256: 32, sha384: 48, sha512: 64 }

const curveNames: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

export function nodeSignatures(approval: Approval): readonly SignatureAlgorithm[] {
  return signatureDescriptors().map((descriptor) => ({
    ...descriptor,
    approval: approval(true),
    verify: (spki, message, signature) => {
      const key = importPublicKey(spki)
      if (!fits(descriptor, key))
        throw new CryptoError(
          'ERR_CRYPTO_INVALID_KEY',
          `a key of type ${keyType(key)} for ${descriptor.name}`,
        )
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

function keyType(key: KeyObject): string {
  const curve = key.asymmetricKeyDetails?.namedCurve
  return key.asymmetricKeyType === 'ec' ? (curveNames[curve ?? ''] ?? `${curve}`) : `${key.asymmetricKeyType}`
}

function fits({ key: wanted, hash }: SignatureDescriptor, key: KeyObject): boolean {
  const details = key.asymmetricKeyDetails
  switch (wanted.type) {
    case 'ec':
      return keyType(key) === wanted.curve
    case 'rsa-pss':
      // Parameters in the key restrict its use (RFC 4055 §3.1)
      return (
        key.asymmetricKeyType === 'rsa-pss' &&
        (details?.hashAlgorithm === undefined || details.hashAlgorithm === hash) &&
        (details?.mgf1HashAlgorithm === undefined || details.mgf1HashAlgorithm === hash)
      )
    default:
      return key.asymmetricKeyType === wanted.type
  }
}

/** RSASSA-PSS needs a modulus for two hashes and two bytes (RFC 8017 §9.1.1). */
function hasRoom({ hash, padding }: SignatureDescriptor, key: KeyObject): boolean {
  const modulusLength = key.asymmetricKeyDetails?.modulusLength ?? 0
  return padding !== 'pss' || hash === undefined || modulusLength - 1 >= 8 * (2 * hashLengths[hash] + 2) - 7
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
  const usable = signatureDescriptors().filter(
    (descriptor) =>
      descriptor.scheme !== undefined &&
      descriptor.padding !== 'pkcs1' &&
      fits(descriptor, key) &&
      hasRoom(descriptor, key),
  )
  if (usable.length === 0)
    throw new CryptoError('ERR_CRYPTO_UNSUPPORTED', `a private key of type ${keyType(key)}`)
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
