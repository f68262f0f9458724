import * as codes from './alertLevels.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §6. The description alone says what an alert means. */
export * as AlertLevel from './alertLevels.ts'

export type AlertLevel = CodePoint<typeof codes>

/** `warning`, or the number in hexadecimal. */
export const alertLevelName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 2)
