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
} from '@mortise/crypto'
import type { Approval } from './approval.ts'
import { signingOptions } from './signingOptions.ts'

export function nodeSignatures(approval: Approval): readonly SignatureAlgorithm[] {
  return availableDescriptors().map((descriptor) => ({
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

/** BoringSSL, which stands behind node:crypto in Bun and Electron, has no Ed448. */
function availableDescriptors(): readonly SignatureDescriptor[] {
  try {
    generateKeyPairSync('ed448')
    return signatureDescriptors()
  } catch {
    return signatureDescriptors().filter(({ key }) => key.type !== 'ed448')
  }
}

function importPublicKey(spki: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch (cause) {
    throw new CryptoError('ERR_CRYPTO_INVALID_KEY', 'not a public key, say a point off its curve', { cause })
  }
}
