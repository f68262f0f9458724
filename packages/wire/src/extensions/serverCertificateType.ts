import type { Infer } from '../codec/codec.ts'
import { code8 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { vector8 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 7250 §3
//   struct {
//       select (ClientOrServerExtension) {
//           case client: CertificateType server_certificate_types<1..2^8-1>;
//           case server: CertificateType server_certificate_type;
//       }
//   } ServerCertTypeExtension;
export const ServerCertificateTypes = /* @__PURE__ */ struct('ServerCertTypeExtension', {
  serverCertificateTypes: vector8(code8('CertificateType'), 1, 0xff),
})
export type ServerCertificateTypes = Infer<typeof ServerCertificateTypes>

export const SelectedServerCertificateType = /* @__PURE__ */ struct('ServerCertTypeExtension', {
  serverCertificateType: code8('CertificateType'),
})
export type SelectedServerCertificateType = Infer<typeof SelectedServerCertificateType>

/** RFC 7250 §3: kinds of certificate that the server may show. */
export const serverCertificateType = /* @__PURE__ */ defineExtension({
  type: ExtensionType.server_certificate_type,
  messages: { clientHello: ServerCertificateTypes, encryptedExtensions: SelectedServerCertificateType },
})
