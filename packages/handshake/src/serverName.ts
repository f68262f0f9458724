/** Host names as server_name carries them (RFC 6066 §3). */

/** Whether `name` is an IP address, which server_name must not carry. */
export function isIpAddress(name: string): boolean {
  return name.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(name)
}

/** The bytes of a DNS name in its A-label form, without the root's dot; `undefined` if server_name can't carry it. */
export function hostNameBytes(name: string | undefined): Uint8Array | undefined {
  if (name === undefined || isIpAddress(name)) return undefined
  const host = name.endsWith('.') ? name.slice(0, -1) : name
  return /^[\x21-\x7e]{1,255}$/.test(host)
    ? Uint8Array.from(host, (character) => character.charCodeAt(0))
    : undefined
}
