import * as codes from './nameTypes.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 6066 §3. */
export * as NameType from './nameTypes.ts'

export type NameType = CodePoint<typeof codes>

/** `host_name`, or the number in hexadecimal. */
export const nameTypeName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 2)
