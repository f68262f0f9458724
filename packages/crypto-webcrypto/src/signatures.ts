/**
 * Verification of signatures on WebCrypto. Keys are read by `publicKeyFor` first, so that they are refused for the same
 * reasons as everywhere; what WebCrypto then gets has the forms that it knows.
 */
import {
  CryptoError,
  ecdsaSignatureFromDer,
  plainRsaSpki,
  publicKeyFor,
  signatureDescriptors,
  type SignatureAlgorithm,
  type SignatureDescriptor,
  type SubjectPublicKeyInfo,
} from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import type { WebcryptoFeatures } from './features.ts'
import { isOffered, keyParameters, signingParameters } from './signingParameters.ts'
import { attempt, source } from './subtle.ts'

export function webcryptoSignatures(
  subtle: SubtleCrypto,
  features: WebcryptoFeatures,
): readonly SignatureAlgorithm[] {
  return signatureDescriptors()
    .filter((descriptor) => isOffered(descriptor, features))
    .map((descriptor) => ({
      ...descriptor,
      approval: 'unknown',
      verify: (spki, message, signature) => verify(descriptor, subtle, spki, message, signature),
    }))
}

const notAKey = inWords && 'not a public key, say a point off its curve'

/** @throws CryptoError `ERR_CRYPTO_INVALID_KEY` */
export async function verify(
  descriptor: SignatureDescriptor,
  subtle: SubtleCrypto,
  spki: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const info = publicKeyFor(descriptor, spki)
  const key = await attempt('ERR_CRYPTO_INVALID_KEY', notAKey, () => {
    const bytes = 'modulus' in info ? plainRsaSpki(info) : spki
    return subtle.importKey('spki', source(bytes), keyParameters(descriptor), false, ['verify'])
  })
  const raw = rawSignature(info, signature)
  if (!raw) return false
  try {
    return await subtle.verify(signingParameters(descriptor), key, source(raw), source(message))
  } catch (cause) {
    // The signature has its form, so it is the key: some implementations look at a point only when it is used
    if (info.type === 'ec') throw new CryptoError('ERR_CRYPTO_INVALID_KEY', notAKey, { cause })
    return false
  }
}

/** As WebCrypto wants it; `undefined` if it is no signature at all. */
function rawSignature(info: SubjectPublicKeyInfo, signature: Uint8Array): Uint8Array | undefined {
  if (info.type === 'ec') return ecdsaSignatureFromDer(info.curve, signature)
  // RFC 8017 §8.1.2, §8.2.2: exactly the modulus' length; §5.2.2: less than it, which not every implementation looks at
  if ('modulus' in info && !(signature.length === info.modulus.length && isBelow(signature, info.modulus)))
    return undefined
  return signature
}

/** Big-endian numbers of equal length. */
function isBelow(one: Uint8Array, other: Uint8Array): boolean {
  const at = one.findIndex((byte, i) => byte !== other[i])
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
}
