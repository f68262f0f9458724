/** Which extension may stand in which message: the table of RFC 9846 §4.3, and the IANA registry for what it leaves out. */
import { ExtensionType } from '../registry/extensionType.ts'
import type { ExtensionMessage } from './message.ts'

/** RFC 9846's abbreviations, a bit for each message. */
const CH = 1
const SH = 2
const HRR = 4
const EE = 8
const CT = 16
const CR = 32
const NST = 64

const bits: Readonly<Record<ExtensionMessage, number>> = {
  clientHello: CH,
  serverHello: SH,
  helloRetryRequest: HRR,
  encryptedExtensions: EE,
  certificate: CT,
  certificateRequest: CR,
  newSessionTicket: NST,
}

const table: Readonly<Record<number, number>> = {
  [ExtensionType.server_name]: CH | EE | CR,
  [ExtensionType.status_request]: CH | CR | CT,
  [ExtensionType.supported_groups]: CH | EE,
  [ExtensionType.signature_algorithms]: CH | CR,
  [ExtensionType.use_srtp]: CH | EE,
  [ExtensionType.heartbeat]: CH | EE,
  [ExtensionType.application_layer_protocol_negotiation]: CH | EE,
  [ExtensionType.client_certificate_type]: CH | EE,
  [ExtensionType.server_certificate_type]: CH | EE,
  [ExtensionType.padding]: CH,
  [ExtensionType.compress_certificate]: CH | CR,
  [ExtensionType.record_size_limit]: CH | EE,
  [ExtensionType.delegated_credential]: CH | CR | CT,
  [ExtensionType.supported_ekt_ciphers]: CH | EE,
  [ExtensionType.pre_shared_key]: CH | SH,
  [ExtensionType.early_data]: CH | EE | NST,
  [ExtensionType.supported_versions]: CH | SH | HRR,
  [ExtensionType.cookie]: CH | HRR,
  [ExtensionType.psk_key_exchange_modes]: CH,
  [ExtensionType.certificate_authorities]: CH | CR,
  [ExtensionType.oid_filters]: CR,
  [ExtensionType.post_handshake_auth]: CH,
  [ExtensionType.signature_algorithms_cert]: CH | CR,
  [ExtensionType.key_share]: CH | SH | HRR,
  [ExtensionType.transparency_info]: CH | CR | CT,
  [ExtensionType.external_id_hash]: CH | EE,
  [ExtensionType.external_session_id]: CH | EE,
  [ExtensionType.quic_transport_parameters]: CH | EE,
  [ExtensionType.ticket_request]: CH | EE,
  [ExtensionType.ech_outer_extensions]: CH,
  [ExtensionType.encrypted_client_hello]: CH | HRR | EE,
  // Not "recommended", and so not in the RFC's table
  [ExtensionType.max_fragment_length]: CH | EE,
  [ExtensionType.signed_certificate_timestamp]: CH | CR | CT,
  [ExtensionType.tls_cert_with_extern_psk]: CH | SH,
  // TLS 1.2 and below: in a ClientHello for an older server's sake, in no other message of TLS 1.3
  [ExtensionType.client_certificate_url]: CH,
  [ExtensionType.trusted_ca_keys]: CH,
  [ExtensionType.truncated_hmac]: CH,
  [ExtensionType.user_mapping]: CH,
  [ExtensionType.client_authz]: CH,
  [ExtensionType.server_authz]: CH,
  [ExtensionType.cert_type]: CH,
  [ExtensionType.ec_point_formats]: CH,
  [ExtensionType.srp]: CH,
  [ExtensionType.status_request_v2]: CH,
  [ExtensionType.encrypt_then_mac]: CH,
  [ExtensionType.extended_main_secret]: CH,
  [ExtensionType.token_binding]: CH,
  [ExtensionType.cached_info]: CH,
  [ExtensionType.session_ticket]: CH,
  [ExtensionType.renegotiation_info]: CH,
}

/** Whether `message` may carry the extension; true for all that are unknown to us. */
export function isAllowedIn(extensionType: number, message: ExtensionMessage): boolean {
  const messages = table[extensionType]
  return messages === undefined || (messages & bits[message]) !== 0
}
