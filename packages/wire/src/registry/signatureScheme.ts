import { isGrease } from '../grease.ts'
import * as codes from './signatureSchemes.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.3.3; Brainpool of RFC 8734, the legacy schemes for client certificates of RFC 9963, ML-DSA of draft-ietf-tls-mldsa. */
export * as SignatureScheme from './signatureSchemes.ts'

export type SignatureScheme = CodePoint<typeof codes>

/** `rsa_pkcs1_sha256`, or the number in hexadecimal. */
export const signatureSchemeName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 4, isGrease)
