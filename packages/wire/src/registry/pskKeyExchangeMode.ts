import { isGreasePskKeyExchangeMode } from '../grease.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.3.9. */
export const PskKeyExchangeMode = {
  psk_ke: 0,
  psk_dhe_ke: 1,
} as const

export type PskKeyExchangeMode = CodePoint<typeof PskKeyExchangeMode>

/** `psk_ke`, or the number in hexadecimal. */
export const pskKeyExchangeModeName: (value: number) => string = /* @__PURE__ */ nameOf(
  PskKeyExchangeMode,
  2,
  isGreasePskKeyExchangeMode,
)
