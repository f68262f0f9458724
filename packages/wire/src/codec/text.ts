import { hex } from '../bytes.ts'

const shown = 32

/** Bytes for people: hexadecimal, cut after 32 of them. */
export function bytesText(bytes: Uint8Array): string {
  return bytes.length > shown ? `${hex(bytes.subarray(0, shown))}… (${bytes.length} bytes)` : hex(bytes)
}

/** Printable ASCII in quotes; anything else as `bytesText`. */
export function asciiText(bytes: Uint8Array): string {
  if (bytes.length > 255 || bytes.some((byte) => byte < 0x20 || byte > 0x7e)) return bytesText(bytes)
  return JSON.stringify(String.fromCodePoint(...bytes))
}

/** For messages: the first `most` of what a peer made up, however many it made up, and how many more there are. */
export function listed<T>(items: readonly T[], textOf: (item: T) => string, most = 10): string {
  const text = items.slice(0, most).map(textOf).join(', ')
  return items.length > most ? `${text} and ${items.length - most} more` : text
}
