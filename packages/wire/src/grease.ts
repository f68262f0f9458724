/**
 * GREASE (RFC 8701): values that nobody may ever give a meaning, sent now and then so that no peer gets used to
 * knowing all of them.
 */

/** For cipher suites, extensions, named groups, signature schemes and versions: 0x0a0a, 0x1a1a, … 0xfafa (RFC 8701 §2). */
export const greaseValues: readonly number[] = /* @__PURE__ */ Array.from(
  { length: 16 },
  (_, i) => i * 0x1010 + 0x0a0a,
)

/** For PskKeyExchangeModes: one byte each (RFC 8701 §2). */
export const greasePskKeyExchangeModes: readonly number[] = [0x0b, 0x2a, 0x49, 0x68, 0x87, 0xa6, 0xc5, 0xe4]

/** Whether a 16-bit code point is reserved for GREASE. */
export function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff)
}

/** Whether an ALPN protocol name is reserved for GREASE: the two bytes of one of `greaseValues` (RFC 8701 §2). */
export function isGreaseProtocolName(name: Uint8Array): boolean {
  const [first = 0, second = 0] = name
  return name.length === 2 && isGrease((first << 8) | second)
}

/** Whether a PskKeyExchangeMode is reserved for GREASE. */
export function isGreasePskKeyExchangeMode(value: number): boolean {
  return greasePskKeyExchangeModes.includes(value)
}
