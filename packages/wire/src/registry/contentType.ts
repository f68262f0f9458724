import { nameOf, type CodePoint } from './nameOf.ts'

/** Content types of records (RFC 9846 §B.1). */
export const ContentType = {
  change_cipher_spec: 20,
  alert: 21,
  handshake: 22,
  application_data: 23,
} as const

export type ContentType = CodePoint<typeof ContentType>

/** `change_cipher_spec`, or the number in hexadecimal. */
export const contentTypeName: (value: number) => string = /* @__PURE__ */ nameOf(ContentType, 2)
