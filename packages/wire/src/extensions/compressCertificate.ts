import type { Infer } from '../codec/codec.ts'
import { code16 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { vector8 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 8879 §3   struct { CertificateCompressionAlgorithm algorithms<2..2^8-2>; } CertificateCompressionAlgorithms;
export const CertificateCompressionAlgorithms = /* @__PURE__ */ struct('CertificateCompressionAlgorithms', {
  algorithms: vector8(code16('CertificateCompressionAlgorithm'), 2, 0xfe),
})
export type CertificateCompressionAlgorithms = Infer<typeof CertificateCompressionAlgorithms>

/** RFC 8879 §3 */
export const compressCertificate = /* @__PURE__ */ defineExtension({
  type: ExtensionType.compress_certificate,
  messages: {
    clientHello: CertificateCompressionAlgorithms,
    certificateRequest: CertificateCompressionAlgorithms,
  },
})
