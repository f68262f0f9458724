import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 6066 §8; `ocsp_multi_RESERVED` of RFC 6961. */
export const CertificateStatusType = {
  ocsp: 1,
  ocsp_multi_RESERVED: 2,
} as const

export type CertificateStatusType = CodePoint<typeof CertificateStatusType>

/** `ocsp`, or the number in hexadecimal. */
export const certificateStatusTypeName: (value: number) => string = /* @__PURE__ */ nameOf(
  CertificateStatusType,
  2,
)
