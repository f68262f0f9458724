import type { Infer } from '../codec/codec.ts'
import { Empty } from '../codec/empty.ts'
import { code8 } from '../codec/numbers.ts'
import { opaque16, opaque24, rest } from '../codec/opaque.ts'
import { variant } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { CertificateStatusType } from '../registry/certificateStatusType.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 6066 §8
//   struct {
//       CertificateStatusType status_type;
//       select (status_type) {
//           case ocsp: OCSPStatusRequest;
//       } request;
//   } CertificateStatusRequest;
//   struct {
//       ResponderID responder_id_list<0..2^16-1>;
//       Extensions  request_extensions;
//   } OCSPStatusRequest;
//   opaque ResponderID<1..2^16-1>;
//   opaque Extensions<0..2^16-1>;
/** What follows an unknown type is anybody's guess, and is left as it is. */
export const CertificateStatusRequest = /* @__PURE__ */ variant(
  'CertificateStatusRequest',
  'statusType',
  code8('CertificateStatusType'),
  {
    [CertificateStatusType.ocsp]: {
      responderIdList: vector16(opaque16(1, 0xffff), 0, 0xffff),
      requestExtensions: opaque16(0, 0xffff),
    },
  },
  { request: rest },
)
export type CertificateStatusRequest = Infer<typeof CertificateStatusRequest>

// RFC 6066 §8
//   struct {
//       CertificateStatusType status_type;
//       select (status_type) {
//           case ocsp: OCSPResponse;
//       } response;
//   } CertificateStatus;
//   opaque OCSPResponse<1..2^24-1>;
export const CertificateStatus = /* @__PURE__ */ variant(
  'CertificateStatus',
  'statusType',
  code8('CertificateStatusType'),
  { [CertificateStatusType.ocsp]: { response: opaque24(1, 0xffffff) } },
  { response: rest },
)
export type CertificateStatus = Infer<typeof CertificateStatus>

/** RFC 9846 §4.5.1.1: asked for in ClientHello or CertificateRequest, answered beside each certificate. */
export const statusRequest = /* @__PURE__ */ defineExtension({
  type: ExtensionType.status_request,
  messages: {
    clientHello: CertificateStatusRequest,
    certificateRequest: Empty,
    certificate: CertificateStatus,
  },
})
