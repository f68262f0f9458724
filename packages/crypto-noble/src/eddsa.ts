/** EdDSA (RFC 8032), by @noble/curves. */
import { ed25519 } from '@noble/curves/ed25519.js'
import { ed448 } from '@noble/curves/ed448.js'

export type EdwardsCurve = 'ed25519' | 'ed448'

const curves: Readonly<Record<EdwardsCurve, typeof ed25519>> = { ed25519, ed448 }

/** Points in one form only, and s below the order, as RFC 8032 §5.1.7 has it; noble's own default for Ed25519 is laxer. */
export function verifyEdwards(
  curve: EdwardsCurve,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return curves[curve].verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false // a signature of another length
  }
}

/** @param seed 32 or 57 bytes */
export function edwardsPublicKey(curve: EdwardsCurve, seed: Uint8Array): Uint8Array {
  return curves[curve].getPublicKey(seed)
}

export function signEdwards(curve: EdwardsCurve, seed: Uint8Array, message: Uint8Array): Uint8Array {
  return curves[curve].sign(message, seed)
}
