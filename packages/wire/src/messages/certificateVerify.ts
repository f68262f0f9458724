import type { Infer } from '../codec/codec.ts'
import { code16 } from '../codec/numbers.ts'
import { opaque16 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'

// RFC 9846 §4.5.2   struct { SignatureScheme algorithm; opaque signature<0..2^16-1>; } CertificateVerify;
export const CertificateVerify = /* @__PURE__ */ struct('CertificateVerify', {
  algorithm: code16('SignatureScheme'),
  signature: opaque16(0, 0xffff),
})
export type CertificateVerify = Infer<typeof CertificateVerify>
