import type { Infer } from '../codec/codec.ts'
import { code8 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { vector8 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 7250 §3
//   struct {
//       select (ClientOrServerExtension) {
//           case client: CertificateType client_certificate_types<1..2^8-1>;
//           case server: CertificateType client_certificate_type;
//       }
//   } ClientCertTypeExtension;
export const ClientCertificateTypes = /* @__PURE__ */ struct('ClientCertTypeExtension', {
  clientCertificateTypes: vector8(code8('CertificateType'), 1, 0xff),
})
export type ClientCertificateTypes = Infer<typeof ClientCertificateTypes>

export const SelectedClientCertificateType = /* @__PURE__ */ struct('ClientCertTypeExtension', {
  clientCertificateType: code8('CertificateType'),
})
export type SelectedClientCertificateType = Infer<typeof SelectedClientCertificateType>

/** RFC 7250 §3: kinds of certificate that the client may show. */
export const clientCertificateType = /* @__PURE__ */ defineExtension({
  type: ExtensionType.client_certificate_type,
  messages: { clientHello: ClientCertificateTypes, encryptedExtensions: SelectedClientCertificateType },
})
