/** Which key can make and verify which signatures, the same for every provider. */
import { inWords } from '@mortise/wire'
import type { HashName } from '../hash.ts'
import { signatureDescriptors, type SignatureDescriptor } from '../signatureTable.ts'
import { invalidKey, unsupportedKey } from './invalidKey.ts'
import type { PrivateKeyInfo } from './privateKey.ts'
import { readSubjectPublicKeyInfo, type SubjectPublicKeyInfo } from './publicKey.ts'
import { bitLength, checkRsaPublicNumbers } from './rsaNumbers.ts'

/** In bytes. */
const hashLengths: Readonly<Record<HashName, number>> = { sha256: 32, sha384: 48, sha512: 64 }

/**
 * The public key that a signature is to be verified with.
 * @throws CryptoError `ERR_CRYPTO_INVALID_KEY` if it doesn't parse, isn't one of the algorithm's, or is an RSA key that `checkRsaPublicNumbers` refuses
 */
export function publicKeyFor(
  algorithm: Pick<SignatureDescriptor, 'name' | 'key' | 'hash'>,
  spki: Uint8Array,
): SubjectPublicKeyInfo {
  const key = readSubjectPublicKeyInfo(spki)
  if (!fits(algorithm, key)) throw invalidKey(inWords && `a key of type ${kindOf(key)} for ${algorithm.name}`)
  if ('modulus' in key) checkRsaPublicNumbers(key)
  return key
}

/**
 * The algorithms with which a private key can sign in a handshake, in order of preference. PKCS #1 v1.5 is for
 * certificates only (RFC 9846 §4.3.3).
 * @throws CryptoError `ERR_CRYPTO_UNSUPPORTED` if there is none
 */
export function signingAlgorithmsOf(key: PrivateKeyInfo): readonly SignatureDescriptor[] {
  const usable = signatureDescriptors().filter(
    (algorithm) =>
      algorithm.scheme !== undefined &&
      algorithm.padding !== 'pkcs1' &&
      fits(algorithm, key) &&
      hasRoom(algorithm, key),
  )
  if (usable.length === 0)
    throw unsupportedKey(inWords && `a private key of type ${kindOf(key)} that fits no scheme`)
  return usable
}

function fits(
  { key: wanted, hash }: Pick<SignatureDescriptor, 'key' | 'hash'>,
  key: SubjectPublicKeyInfo | PrivateKeyInfo,
): boolean {
  if (wanted.type === 'ec') return key.type === 'ec' && key.curve === wanted.curve
  if (key.type === 'rsa-pss' && key.restriction && hash) {
    // Parameters in the key restrict its use (RFC 4055 §3.1)
    const { hash: own, maskHash, saltLength } = key.restriction
    return wanted.type === 'rsa-pss' && own === hash && maskHash === hash && saltLength <= hashLengths[hash]
  }
  return key.type === wanted.type
}

/** RSASSA-PSS needs a modulus for two hashes and two bytes (RFC 8017 §9.1.1). */
function hasRoom({ hash }: Pick<SignatureDescriptor, 'hash'>, key: PrivateKeyInfo): boolean {
  if (!('modulus' in key) || hash === undefined) return true
  return bitLength(key.modulus) - 1 >= 8 * (2 * hashLengths[hash] + 2) - 7
}

function kindOf(key: SubjectPublicKeyInfo | PrivateKeyInfo): string {
  return key.type === 'ec' ? key.curve : key.type
}
