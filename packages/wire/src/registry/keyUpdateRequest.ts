import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.7.3. */
export const KeyUpdateRequest = {
  update_not_requested: 0,
  update_requested: 1,
} as const

export type KeyUpdateRequest = CodePoint<typeof KeyUpdateRequest>

/** `update_not_requested`, or the number in hexadecimal. */
export const keyUpdateRequestName: (value: number) => string = /* @__PURE__ */ nameOf(KeyUpdateRequest, 2)
