import * as codes from './alertDescriptions.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §6, §B.2; `ech_required` of RFC 9849. What ends in `_RESERVED` belongs to older versions: it may be received, and is never sent. */
export * as AlertDescription from './alertDescriptions.ts'

export type AlertDescription = CodePoint<typeof codes>

/** `close_notify`, or the number in hexadecimal. */
export const alertDescriptionName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 2)
