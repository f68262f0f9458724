/**
 * Verification of signatures on node:crypto. Keys are read by `publicKeyFor` first, so that they are refused for the
 * same reasons as everywhere: OpenSSL takes BER, compressed points and curves that are spelled out.
 */
import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import {
  CryptoError,
  publicKeyFor,
  signatureDescriptors,
  type SignatureAlgorithm,
  type SignatureDescriptor,
  type SubjectPublicKeyInfo,
} from '@mortise/crypto'
import type { Approval } from './approval.ts'
import { signingOptions } from './signingOptions.ts'

export function nodeSignatures(approval: Approval): readonly SignatureAlgorithm[] {
  return availableDescriptors().map((descriptor) => ({
    ...descriptor,
    approval: approval(true),
    verify: (spki, message, signature) => {
      const info = publicKeyFor(descriptor, spki)
      const key = importPublicKey(info, spki)
      // RFC 8017 §8.1.2: exactly the modulus' length. OpenSSL takes PSS signatures without their leading zeros
      if ('modulus' in info && signature.length !== info.modulus.length) return false
      try {
        return verify(descriptor.hash ?? null, message, { key, ...signingOptions(descriptor) }, signature)
      } catch {
        return false // OpenSSL refuses what it can't parse
      }
    },
  }))
}

/** BoringSSL, which stands behind node:crypto in Bun and Electron, has no Ed448. */
function availableDescriptors(): readonly SignatureDescriptor[] {
  try {
    generateKeyPairSync('ed448')
    return signatureDescriptors()
  } catch {
    return signatureDescriptors().filter(({ key }) => key.type !== 'ed448')
  }
}

/**
 * RSA and Edwards keys as JWK, which spares OpenSSL's decoders: on Node 20 they cost more than an RSA verification. What a
 * key of id-RSASSA-PSS restricts its signatures to was enforced before.
 */
function importPublicKey(info: SubjectPublicKeyInfo, spki: Uint8Array): KeyObject {
  try {
    switch (info.type) {
      case 'ec':
        return importPoint(spki)
      case 'ed25519':
      case 'ed448': {
        const crv = info.type === 'ed25519' ? 'Ed25519' : 'Ed448'
        return createPublicKey({ key: { kty: 'OKP', crv, x: base64Url(info.publicKey) }, format: 'jwk' })
      }
      default: {
        const { modulus, publicExponent } = info
        const key = { kty: 'RSA', n: base64Url(modulus), e: base64Url(publicExponent) }
        return createPublicKey({ key, format: 'jwk' })
      }
    }
  } catch (cause) {
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', 'not a public key, say a point off its curve', { cause })
  }
}

/** Most signatures are verified with the keys of a few authorities and servers, and a point takes a decoder and a check. */
const points = /* @__PURE__ */ new Map<string, KeyObject>()
const mostPoints = 64

function importPoint(spki: Uint8Array): KeyObject {
  const bytes = Buffer.from(spki)
  const text = bytes.toString('latin1')
  const known = points.get(text)
  if (known) return known
  const key = createPublicKey({ key: bytes, format: 'der', type: 'spki' })
  points.set(text, key)
  const [oldest] = points.keys()
  if (points.size > mostPoints && oldest !== undefined) points.delete(oldest)
  return key
}

function base64Url({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('base64url')
}
