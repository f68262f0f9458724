import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.5.1, RFC 7250. */
export const CertificateType = {
  X509: 0,
  OpenPGP_RESERVED: 1,
  RawPublicKey: 2,
} as const

export type CertificateType = CodePoint<typeof CertificateType>

/** `X509`, or the number in hexadecimal. */
export const certificateTypeName: (value: number) => string = /* @__PURE__ */ nameOf(CertificateType, 2)
