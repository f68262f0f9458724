import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 6066 §4: powers of two, in bytes. */
export const MaxFragmentLengthCode = {
  '2^9': 1,
  '2^10': 2,
  '2^11': 3,
  '2^12': 4,
} as const

export type MaxFragmentLengthCode = CodePoint<typeof MaxFragmentLengthCode>

/** `2^9`, or the number in hexadecimal. */
export const maxFragmentLengthCodeName: (value: number) => string = /* @__PURE__ */ nameOf(
  MaxFragmentLengthCode,
  2,
)
