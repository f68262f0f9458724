import type { Infer } from '../codec/codec.ts'
import { code16, uint24 } from '../codec/numbers.ts'
import { opaque24 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'

// RFC 8879 §4
//   struct {
//       CertificateCompressionAlgorithm algorithm;
//       uint24 uncompressed_length;
//       opaque compressed_certificate_message<1..2^24-1>;
//   } CompressedCertificate;
/** `uncompressedLength` in bytes: of a Certificate message without its header. */
export const CompressedCertificate = /* @__PURE__ */ struct('CompressedCertificate', {
  algorithm: code16('CertificateCompressionAlgorithm'),
  uncompressedLength: uint24,
  compressedCertificateMessage: opaque24(1, 0xffffff),
})
export type CompressedCertificate = Infer<typeof CompressedCertificate>
