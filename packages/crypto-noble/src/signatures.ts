/** Verification of signatures, by algorithm. */
import {
  publicKeyFor,
  signatureDescriptors,
  toBigInt,
  type HashName,
  type SignatureAlgorithm,
  type SignatureDescriptor,
  type SubjectPublicKeyInfo,
} from '@mortise/crypto'
import { checkPoint, verifyEcdsa } from './ecdsa.ts'
import { verifyEdwards } from './eddsa.ts'
import { verifyRsa } from './rsaVerify.ts'

export function nobleSignatures(): readonly SignatureAlgorithm[] {
  return signatureDescriptors().map((descriptor) => ({
    ...descriptor,
    approval: 'not-approved',
    verify: (spki, message, signature) =>
      verify(descriptor, publicKeyFor(descriptor, spki), message, signature),
  }))
}

function verify(
  { hash, padding }: SignatureDescriptor,
  key: SubjectPublicKeyInfo,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  switch (key.type) {
    case 'ed25519':
    case 'ed448':
      return verifyEdwards(key.type, key.publicKey, message, signature)
    case 'ec':
      checkPoint(key.curve, key.point)
      return verifyEcdsa(key.curve, key.point, hash as HashName, message, signature) // only EdDSA has none
    default: {
      const numbers = { n: toBigInt(key.modulus), e: toBigInt(key.publicExponent) }
      return verifyRsa(numbers, padding === 'pkcs1' ? 'pkcs1' : 'pss', hash as HashName, message, signature)
    }
  }
}
