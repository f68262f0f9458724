import * as codes from './keyUpdateRequests.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.7.3. */
export * as KeyUpdateRequest from './keyUpdateRequests.ts'

export type KeyUpdateRequest = CodePoint<typeof codes>

/** `update_not_requested`, or the number in hexadecimal. */
export const keyUpdateRequestName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 2)
