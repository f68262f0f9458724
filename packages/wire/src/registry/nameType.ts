import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 6066 §3. */
export const NameType = {
  host_name: 0,
} as const

export type NameType = CodePoint<typeof NameType>

/** `host_name`, or the number in hexadecimal. */
export const nameTypeName: (value: number) => string = /* @__PURE__ */ nameOf(NameType, 2)
