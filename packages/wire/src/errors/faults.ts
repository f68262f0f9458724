/**
 * Why a connection fails: code → alert → blame, without words. One line per reason; a handler only names the code.
 * What people read is beside it in `sentences.ts`.
 */
import { AlertDescription } from '../registry/alertDescription.ts'

/** Whose doing it is: our configuration or code, the peer's bytes, the peer's certificate, or the transport. */
export type Blame = 'local' | 'peer' | 'certificate' | 'transport'

export interface Fault {
  /** AlertDescription to send; `undefined`: nothing is sent. */
  readonly alert: number | undefined
  readonly blame: Blame
}

const peer = (alert: number | undefined): Fault => ({ alert, blame: 'peer' })
const local = (alert: number | undefined): Fault => ({ alert, blame: 'local' })
const certificate = (alert: number): Fault => ({ alert, blame: 'certificate' })
const transport: Fault = { alert: undefined, blame: 'transport' }

const table = {
  // What doesn't parse (RFC 9846 §6: decode_error)
  ERR_TLS_DECODE: peer(AlertDescription.decode_error),

  // Order (RFC 9846 §4: unexpected_message)
  ERR_TLS_UNEXPECTED_MESSAGE: peer(AlertDescription.unexpected_message),

  // Record layer (RFC 9846 §5)
  ERR_TLS_RECORD_OVERFLOW: peer(AlertDescription.record_overflow),
  ERR_TLS_BAD_RECORD_MAC: peer(AlertDescription.bad_record_mac),
  ERR_TLS_NOT_TLS: peer(AlertDescription.protocol_version),
  ERR_TLS_UNEXPECTED_RECORD: peer(AlertDescription.unexpected_message),
  ERR_TLS_INTERLEAVED_RECORD: peer(AlertDescription.unexpected_message),
  ERR_TLS_EXCESS_HANDSHAKE_DATA: peer(AlertDescription.unexpected_message),
  ERR_TLS_EMPTY_FRAGMENT: peer(AlertDescription.unexpected_message),
  ERR_TLS_NO_CONTENT_TYPE: peer(AlertDescription.unexpected_message),
  ERR_TLS_BAD_CHANGE_CIPHER_SPEC: peer(AlertDescription.unexpected_message),
  ERR_TLS_TOO_MANY_CHANGE_CIPHER_SPECS: peer(AlertDescription.unexpected_message),
  ERR_TLS_TOO_MANY_EMPTY_RECORDS: peer(AlertDescription.unexpected_message),
  ERR_TLS_TOO_MANY_WARNING_ALERTS: peer(AlertDescription.unexpected_message),
  ERR_TLS_BAD_ALERT: peer(AlertDescription.decode_error),
  ERR_TLS_UNKNOWN_ALERT_LEVEL: peer(AlertDescription.illegal_parameter),
  ERR_TLS_MESSAGE_TOO_LONG: peer(AlertDescription.illegal_parameter),
  ERR_TLS_TOO_MUCH_EARLY_DATA: peer(AlertDescription.unexpected_message),
  ERR_TLS_TOO_MUCH_SKIPPED_EARLY_DATA: peer(AlertDescription.unexpected_message),
  ERR_TLS_KEY_EXHAUSTED: local(AlertDescription.internal_error),

  // Extensions (RFC 9846 §4.3)
  ERR_TLS_UNSOLICITED_EXTENSION: peer(AlertDescription.unsupported_extension),
  ERR_TLS_EXTENSION_NOT_ALLOWED: peer(AlertDescription.illegal_parameter),
  ERR_TLS_DUPLICATE_EXTENSION: peer(AlertDescription.illegal_parameter),
  ERR_TLS_PSK_NOT_LAST: peer(AlertDescription.illegal_parameter),
  ERR_TLS_MISSING_EXTENSION: peer(AlertDescription.missing_extension),

  // Negotiation (RFC 9846 §4.2.1)
  ERR_TLS_PROTOCOL_VERSION: peer(AlertDescription.protocol_version),
  ERR_TLS_NO_COMMON_CIPHER_SUITE: peer(AlertDescription.handshake_failure),
  ERR_TLS_NO_COMMON_GROUP: peer(AlertDescription.handshake_failure),
  ERR_TLS_NO_USABLE_CREDENTIAL: peer(AlertDescription.handshake_failure),
  ERR_TLS_NO_APPLICATION_PROTOCOL: peer(AlertDescription.no_application_protocol),
  ERR_TLS_UNRECOGNIZED_NAME: peer(AlertDescription.unrecognized_name),
  ERR_TLS_UNKNOWN_PSK_IDENTITY: peer(AlertDescription.unknown_psk_identity),
  ERR_TLS_INAPPROPRIATE_FALLBACK: peer(AlertDescription.inappropriate_fallback),
  ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE: peer(AlertDescription.unsupported_certificate),

  // Values (RFC 9846 §6: illegal_parameter)
  ERR_TLS_ILLEGAL_PARAMETER: peer(AlertDescription.illegal_parameter),
  ERR_TLS_COMPRESSION: peer(AlertDescription.illegal_parameter),
  ERR_TLS_DOWNGRADE: peer(AlertDescription.illegal_parameter),
  ERR_TLS_VERSION_NOT_OFFERED: peer(AlertDescription.illegal_parameter),
  ERR_TLS_CIPHER_SUITE_NOT_OFFERED: peer(AlertDescription.illegal_parameter),
  ERR_TLS_CIPHER_SUITE_CHANGED: peer(AlertDescription.illegal_parameter),
  ERR_TLS_SESSION_ID_MISMATCH: peer(AlertDescription.illegal_parameter),
  ERR_TLS_WRONG_GROUP: peer(AlertDescription.illegal_parameter),
  ERR_TLS_INVALID_KEY_SHARE: peer(AlertDescription.illegal_parameter),
  ERR_TLS_DUPLICATE_KEY_SHARE: peer(AlertDescription.illegal_parameter),
  ERR_TLS_POINTLESS_RETRY: peer(AlertDescription.illegal_parameter),
  ERR_TLS_CLIENT_HELLO_CHANGED: peer(AlertDescription.illegal_parameter),
  ERR_TLS_WRONG_COOKIE: peer(AlertDescription.illegal_parameter),
  ERR_TLS_WRONG_PSK: peer(AlertDescription.illegal_parameter),
  ERR_TLS_EARLY_DATA_NOT_ALLOWED: peer(AlertDescription.illegal_parameter),
  ERR_TLS_ALPN_NOT_OFFERED: peer(AlertDescription.illegal_parameter),
  ERR_TLS_WRONG_SIGNATURE_SCHEME: peer(AlertDescription.illegal_parameter),
  ERR_TLS_WRONG_REQUEST_CONTEXT: peer(AlertDescription.illegal_parameter),
  ERR_TLS_BAD_KEY_UPDATE: peer(AlertDescription.illegal_parameter),
  ERR_TLS_BAD_RECORD_SIZE_LIMIT: peer(AlertDescription.illegal_parameter),
  ERR_TLS_BAD_DELEGATED_CREDENTIAL: peer(AlertDescription.illegal_parameter),

  // Proofs (RFC 9846 §6.2: decrypt_error)
  ERR_TLS_BAD_CERTIFICATE_VERIFY: peer(AlertDescription.decrypt_error),
  ERR_TLS_BAD_FINISHED: peer(AlertDescription.decrypt_error),
  ERR_TLS_BAD_BINDER: peer(AlertDescription.decrypt_error),

  // The peer's certificate (RFC 9846 §4.5.1, §6.2)
  ERR_TLS_EMPTY_CERTIFICATE: certificate(AlertDescription.decode_error),
  ERR_TLS_CERTIFICATE_REQUIRED: certificate(AlertDescription.certificate_required),
  ERR_TLS_BAD_CERTIFICATE: certificate(AlertDescription.bad_certificate),
  ERR_TLS_UNSUPPORTED_CERTIFICATE: certificate(AlertDescription.unsupported_certificate),
  ERR_TLS_CERTIFICATE_REVOKED: certificate(AlertDescription.certificate_revoked),
  ERR_TLS_CERTIFICATE_EXPIRED: certificate(AlertDescription.certificate_expired),
  ERR_TLS_CERTIFICATE_UNKNOWN: certificate(AlertDescription.certificate_unknown),
  ERR_TLS_CERTIFICATE_NAME: certificate(AlertDescription.bad_certificate),
  ERR_TLS_UNKNOWN_CA: certificate(AlertDescription.unknown_ca),
  ERR_TLS_BAD_CERTIFICATE_STATUS: certificate(AlertDescription.bad_certificate_status_response),
  ERR_TLS_ACCESS_DENIED: certificate(AlertDescription.access_denied),
  ERR_TLS_CERTIFICATE_DECOMPRESSION: certificate(AlertDescription.bad_certificate),
  ERR_TLS_CERTIFICATE_CHAIN_TOO_LONG: certificate(AlertDescription.bad_certificate),

  // Encrypted Client Hello (RFC 9849)
  ERR_TLS_ECH_REQUIRED: local(AlertDescription.ech_required),

  // Limits of our own
  ERR_TLS_TOO_MANY_KEY_UPDATES: peer(AlertDescription.unexpected_message),
  ERR_TLS_HANDSHAKE_TIMEOUT: local(AlertDescription.user_canceled),

  // Our own side
  ERR_TLS_ABORTED: local(AlertDescription.user_canceled),
  ERR_TLS_NOT_CONNECTED: local(undefined),
  ERR_TLS_CLOSED: local(undefined),
  ERR_TLS_NO_CHANNEL_BINDING: local(undefined),
  ERR_TLS_CLIENT_CAN_NOT_BE_ASKED: local(undefined),

  // Ends
  ERR_TLS_ALERT_RECEIVED: peer(undefined),
  ERR_TLS_TRUNCATED: transport,
  ERR_TLS_TRANSPORT: transport,
  ERR_TLS_CONFIG: local(AlertDescription.internal_error),
  ERR_TLS_INTERNAL: local(AlertDescription.internal_error),
} as const satisfies Record<string, Fault>

export type TlsErrorCode = keyof typeof table

export const faults: Readonly<Record<TlsErrorCode, Fault>> = table
