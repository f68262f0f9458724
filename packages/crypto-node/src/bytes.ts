/**
 * What node:crypto answers as a plain Uint8Array on the same memory: a Buffer's `slice` is no copy, which would
 * surprise whoever gets one as a Uint8Array.
 */
export function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
