/**
 * Memory that each record would need anew costs zeros, page faults and above all garbage collection: together as much as
 * its encryption. So output buffers are used again, and what the socket gave is freed as soon as it is read.
 */

/** Four full records of the default suites: what a write of 64 KiB becomes. In bytes. */
const size = 4 * (16_384 + 22)
/** A smaller one is not worth the trouble. */
const smallest = 4096
const mostKept = 32

const kept: Uint8Array[] = []
const ours = /* @__PURE__ */ new WeakSet<ArrayBufferLike>()

/** A buffer for sealed records: new, or one that was given back. What is in it does not matter. */
export function allocate(length: number): Uint8Array {
  if (length < smallest || length > size) return new Uint8Array(length)
  const again = kept.pop()
  if (again) return again.subarray(0, length)
  const buffer = new ArrayBuffer(size)
  ours.add(buffer)
  return new Uint8Array(buffer, 0, length)
}

/** Records that the kernel has taken. Whoever gives them back must not look at them again. */
export function giveBack({ buffer }: Uint8Array): void {
  if (ours.has(buffer) && kept.length < mostKept) kept.push(new Uint8Array(buffer))
}

/** Frees what nobody needs any more, where the runtime can (Node 22 and later), if it has its memory for itself. */
export function free({ buffer, byteLength }: Uint8Array): void {
  if (byteLength < smallest || buffer.byteLength !== byteLength) return
  const { transfer } = buffer as { readonly transfer?: (length: number) => unknown }
  transfer?.call(buffer, 0)
}
