import * as codes from './certificateTypes.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.5.1, RFC 7250. */
export * as CertificateType from './certificateTypes.ts'

export type CertificateType = CodePoint<typeof codes>

/** `X509`, or the number in hexadecimal. */
export const certificateTypeName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 2)
