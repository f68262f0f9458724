/** GREASE: reserved values that a server must ignore, so that it stays able to (RFC 8701). */
import type { CryptoProvider } from '@mortise/crypto'

export interface Grease {
  readonly cipherSuite: number
  readonly group: number
  readonly signatureScheme: number
  readonly version: number
  /** Two different ones. */
  readonly extensions: readonly [number, number]
}

/** One reserved 16-bit value. */
export function drawGreaseValue(provider: CryptoProvider): number {
  return ((provider.random(1)[0] ?? 0) & 0xf) * 0x1010 + 0x0a0a
}

/** Values that stay the same for a whole connection, the second ClientHello included. */
export function drawGrease(provider: CryptoProvider): Grease {
  const random = provider.random(6)
  const draw = (i: number, offset = 0): number => {
    const nibble = ((random[i] ?? 0) + offset) & 0xf
    return nibble * 0x1010 + 0x0a0a
  }
  // The second extension differs from the first by an offset of 1 to 15 of 16 values.
  return {
    cipherSuite: draw(0),
    group: draw(1),
    signatureScheme: draw(2),
    version: draw(3),
    extensions: [draw(4), draw(4, 1 + ((random[5] ?? 0) % 15))],
  }
}
