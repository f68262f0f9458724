import * as codes from './contentTypes.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** Content types of records (RFC 9846 §B.1). */
export * as ContentType from './contentTypes.ts'

export type ContentType = CodePoint<typeof codes>

/** `change_cipher_spec`, or the number in hexadecimal. */
export const contentTypeName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 2)
