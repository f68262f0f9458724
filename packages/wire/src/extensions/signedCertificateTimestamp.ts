import type { Infer } from '../codec/codec.ts'
import { Empty } from '../codec/empty.ts'
import { opaque16 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 6962 §3.3
//   opaque SerializedSCT<1..2^16-1>;
//   struct { SerializedSCT sct_list <1..2^16-1>; } SignedCertificateTimestampList;
export const SignedCertificateTimestampList = /* @__PURE__ */ struct('SignedCertificateTimestampList', {
  sctList: vector16(opaque16(1, 0xffff), 1, 0xffff),
})
export type SignedCertificateTimestampList = Infer<typeof SignedCertificateTimestampList>

/** RFC 6962 §3.3, RFC 9846 §4.5.1.1 */
export const signedCertificateTimestamp = /* @__PURE__ */ defineExtension({
  type: ExtensionType.signed_certificate_timestamp,
  messages: { clientHello: Empty, certificateRequest: Empty, certificate: SignedCertificateTimestampList },
})
