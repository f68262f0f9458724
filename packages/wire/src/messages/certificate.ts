import type { Infer } from '../codec/codec.ts'
import { opaque24, opaque8 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector24 } from '../codec/vector.ts'
import { extensionList } from '../extensions/Extension.ts'

// RFC 9846 §4.5.1
//   struct {
//       select (certificate_type) {
//           case RawPublicKey:
//             /* From RFC 7250 ASN.1_subjectPublicKeyInfo */
//             opaque ASN1_subjectPublicKeyInfo<1..2^24-1>;
//           case X509:
//             opaque cert_data<1..2^24-1>;
//       };
//       Extension extensions<0..2^16-1>;
//   } CertificateEntry;
/** `certData` is DER: an X.509 certificate, or a SubjectPublicKeyInfo if raw public keys were negotiated. */
export const CertificateEntry = /* @__PURE__ */ struct('CertificateEntry', {
  certData: opaque24(1, 0xffffff),
  extensions: extensionList('certificate', 0, 0xffff),
})
export type CertificateEntry = Infer<typeof CertificateEntry>

// RFC 9846 §4.5.1
//   struct {
//       opaque certificate_request_context<0..2^8-1>;
//       CertificateEntry certificate_list<0..2^24-1>;
//   } Certificate;
export const Certificate = /* @__PURE__ */ struct('Certificate', {
  certificateRequestContext: opaque8(0, 0xff),
  certificateList: vector24(CertificateEntry, 0, 0xffffff),
})
export type Certificate = Infer<typeof Certificate>
