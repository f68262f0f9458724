import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §6. The description alone says what an alert means. */
export const AlertLevel = {
  warning: 1,
  fatal: 2,
} as const

export type AlertLevel = CodePoint<typeof AlertLevel>

/** `warning`, or the number in hexadecimal. */
export const alertLevelName: (value: number) => string = /* @__PURE__ */ nameOf(AlertLevel, 2)
