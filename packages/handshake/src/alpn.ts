/** ALPN protocol names are bytes; as strings, each character is one of them (RFC 7301 §3.1). */

export function protocolBytes(name: string): Uint8Array {
  return Uint8Array.from(name, (character) => character.charCodeAt(0))
}

export function protocolName(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
