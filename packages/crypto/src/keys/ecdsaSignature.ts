/**
 * The two forms of an ECDSA signature: ECDSA-Sig-Value (RFC 3279 §2.2.3) as in TLS and X.509, and r and s side by
 * side (IEEE P1363) as in WebCrypto.
 */
import { DerReader, readUnsigned, Tag, writeSequence, writeUnsigned } from '../der/index.ts'
import type { Curve } from '../signature.ts'
import { curveLengths } from './algorithm.ts'

/**
 * Strictly: one signature has one encoding.
 * @returns r and s, each as long as the order of the curve (64, 96 or 132 bytes together); `undefined` for what is
 * malformed, zero or too long for the curve
 */
export function ecdsaSignatureFromDer(curve: Curve, signature: Uint8Array): Uint8Array | undefined {
  const length = curveLengths[curve]
  const raw = new Uint8Array(2 * length)
  try {
    const outer = new DerReader(signature)
    const fields = outer.reader()
    outer.end()
    for (const end of [length, 2 * length]) {
      const number = readUnsigned(fields.content(Tag.integer))
      if (number.length === 0 || number.length > length) return undefined
      raw.set(number, end - number.length)
    }
    fields.end()
    return raw
  } catch {
    return undefined
  }
}

/**
 * DER of an ECDSA-Sig-Value.
 * @param raw r and s, each half of it
 */
export function ecdsaSignatureToDer(raw: Uint8Array): Uint8Array {
  const length = raw.length / 2
  return writeSequence(writeUnsigned(raw.subarray(0, length)), writeUnsigned(raw.subarray(length)))
}
