/**
 * SHA-1 (FIPS 180-4 §6.1.2), because OCSP names issuers and responders by it (RFC 6960 §4.1.1, §4.2.1). A name is all
 * it is: what counts is the signature of the issuer, or of somebody whom the issuer certified, so nothing is won by
 * a collision. Signatures over SHA-1 are never verified here.
 */
const initial = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0] as const

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

export function sha1(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array(((data.length + 8) >> 6) * 64 + 64)
  padded.set(data)
  padded[data.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(data.length / 2 ** 29))
  view.setUint32(padded.length - 4, data.length << 3)
  let state: readonly number[] = initial
  for (let at = 0; at < padded.length; at += 64) state = compress(state, view, at)
  const digest = new DataView(new ArrayBuffer(20))
  for (const [i, word] of state.entries()) digest.setUint32(i * 4, word)
  return new Uint8Array(digest.buffer)
}

function compress(state: readonly number[], block: DataView, at: number): readonly number[] {
  const schedule = new Int32Array(80)
  const word = (i: number): number => schedule[i] ?? 0
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
  for (let i = 0; i < 80; i++) {
    schedule[i] =
      i < 16 ? block.getInt32(at + i * 4) : rotate(word(i - 3) ^ word(i - 8) ^ word(i - 14) ^ word(i - 16), 1)
    const next = (rotate(a, 5) + mix(i, b, c, d) + e + word(i)) | 0
    ;[a, b, c, d, e] = [next, a, rotate(b, 30), c, d]
  }
  return [a, b, c, d, e].map((value, i) => ((state[i] ?? 0) + value) | 0)
}

/** f and K of round `i`. */
function mix(i: number, b: number, c: number, d: number): number {
  if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1
  return i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc : (b ^ c ^ d) + 0xca62c1d6
}
