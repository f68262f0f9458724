/**
 * Compares without an early exit, so that the time tells nothing of where two values differ. Lengths are public.
 * As constant in time as a JavaScript engine lets it be.
 */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}
