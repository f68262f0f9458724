import { hex } from '@mortise/wire'

/** A string that is equal for equal values: keys sorted, bytes as hexadecimal, checks by their identity, functions by their text. */
export function identify(kind: string, ...parts: readonly unknown[]): string {
  return `${kind}:${JSON.stringify(parts, canonical)}`
}

function canonical(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return hex(value)
  if (typeof value === 'function') return String(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if ('identity' in value) return value.identity
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
