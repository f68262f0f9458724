import * as codes from './certificateStatusTypes.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 6066 §8; `ocsp_multi_RESERVED` of RFC 6961. */
export * as CertificateStatusType from './certificateStatusTypes.ts'

export type CertificateStatusType = CodePoint<typeof codes>

/** `ocsp`, or the number in hexadecimal. */
export const certificateStatusTypeName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 2)
