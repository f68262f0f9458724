/** ALPN protocol names are bytes; as strings, each character is one of them (RFC 7301 §3.1). */
import { asciiText, listed } from '@mortise/wire'

export function protocolBytes(name: string): Uint8Array {
  return Uint8Array.from(name, (character) => character.charCodeAt(0))
}

export function protocolName(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

/** For errors: names that a peer made up, in quotes if they are text, and no more of them than helps. */
export function protocolsText(names: readonly string[]): string {
  return listed(names, (name) => asciiText(protocolBytes(name)), 8)
}
