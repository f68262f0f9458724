import type { Infer } from '../codec/codec.ts'
import { opaque8 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { extensionList } from '../extensions/Extension.ts'

// RFC 9846 §4.4.2
//   struct {
//       opaque certificate_request_context<0..2^8-1>;
//       Extension extensions<0..2^16-1>;
//   } CertificateRequest;
export const CertificateRequest = /* @__PURE__ */ struct('CertificateRequest', {
  certificateRequestContext: opaque8(0, 0xff),
  extensions: extensionList('certificateRequest', 0, 0xffff),
})
export type CertificateRequest = Infer<typeof CertificateRequest>
