import { isGreasePskKeyExchangeMode } from '../grease.ts'
import * as codes from './pskKeyExchangeModes.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.3.9. */
export * as PskKeyExchangeMode from './pskKeyExchangeModes.ts'

export type PskKeyExchangeMode = CodePoint<typeof codes>

/** `psk_ke`, or the number in hexadecimal. */
export const pskKeyExchangeModeName: (value: number) => string = /* @__PURE__ */ nameOf(
  codes,
  2,
  isGreasePskKeyExchangeMode,
)
