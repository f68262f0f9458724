/**
 * Why connections fail: code, alert, blame. Nothing else decides on an alert; a throw site names the fault only. They are
 * constants, so that a bundle has those that it can throw.
 */
import { certificate, local, peer, transport } from './fault.ts'
import { AlertDescription } from '../registry/alertDescription.ts'

// What doesn't parse (RFC 9846 §6: decode_error)
export const ERR_TLS_DECODE = /* @__PURE__ */ peer('ERR_TLS_DECODE', AlertDescription.decode_error)

// Order (RFC 9846 §4: unexpected_message)
export const ERR_TLS_UNEXPECTED_MESSAGE = /* @__PURE__ */ peer(
  'ERR_TLS_UNEXPECTED_MESSAGE',
  AlertDescription.unexpected_message,
)

// Record layer (RFC 9846 §5)
export const ERR_TLS_RECORD_OVERFLOW = /* @__PURE__ */ peer(
  'ERR_TLS_RECORD_OVERFLOW',
  AlertDescription.record_overflow,
)
export const ERR_TLS_BAD_RECORD_MAC = /* @__PURE__ */ peer(
  'ERR_TLS_BAD_RECORD_MAC',
  AlertDescription.bad_record_mac,
)
export const ERR_TLS_NOT_TLS = /* @__PURE__ */ peer('ERR_TLS_NOT_TLS', AlertDescription.protocol_version)
export const ERR_TLS_UNEXPECTED_RECORD = /* @__PURE__ */ peer(
  'ERR_TLS_UNEXPECTED_RECORD',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_INTERLEAVED_RECORD = /* @__PURE__ */ peer(
  'ERR_TLS_INTERLEAVED_RECORD',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_EXCESS_HANDSHAKE_DATA = /* @__PURE__ */ peer(
  'ERR_TLS_EXCESS_HANDSHAKE_DATA',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_EMPTY_FRAGMENT = /* @__PURE__ */ peer(
  'ERR_TLS_EMPTY_FRAGMENT',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_NO_CONTENT_TYPE = /* @__PURE__ */ peer(
  'ERR_TLS_NO_CONTENT_TYPE',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_BAD_CHANGE_CIPHER_SPEC = /* @__PURE__ */ peer(
  'ERR_TLS_BAD_CHANGE_CIPHER_SPEC',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_TOO_MANY_CHANGE_CIPHER_SPECS = /* @__PURE__ */ peer(
  'ERR_TLS_TOO_MANY_CHANGE_CIPHER_SPECS',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_TOO_MANY_EMPTY_RECORDS = /* @__PURE__ */ peer(
  'ERR_TLS_TOO_MANY_EMPTY_RECORDS',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_TOO_MANY_WARNING_ALERTS = /* @__PURE__ */ peer(
  'ERR_TLS_TOO_MANY_WARNING_ALERTS',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_BAD_ALERT = /* @__PURE__ */ peer('ERR_TLS_BAD_ALERT', AlertDescription.decode_error)
export const ERR_TLS_UNKNOWN_ALERT_LEVEL = /* @__PURE__ */ peer(
  'ERR_TLS_UNKNOWN_ALERT_LEVEL',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_MESSAGE_TOO_LONG = /* @__PURE__ */ peer(
  'ERR_TLS_MESSAGE_TOO_LONG',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_TOO_MUCH_EARLY_DATA = /* @__PURE__ */ peer(
  'ERR_TLS_TOO_MUCH_EARLY_DATA',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_TOO_MUCH_SKIPPED_EARLY_DATA = /* @__PURE__ */ peer(
  'ERR_TLS_TOO_MUCH_SKIPPED_EARLY_DATA',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_KEY_EXHAUSTED = /* @__PURE__ */ local(
  'ERR_TLS_KEY_EXHAUSTED',
  AlertDescription.internal_error,
)

// Extensions (RFC 9846 §4.3)
export const ERR_TLS_UNSOLICITED_EXTENSION = /* @__PURE__ */ peer(
  'ERR_TLS_UNSOLICITED_EXTENSION',
  AlertDescription.unsupported_extension,
)
export const ERR_TLS_EXTENSION_NOT_ALLOWED = /* @__PURE__ */ peer(
  'ERR_TLS_EXTENSION_NOT_ALLOWED',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_DUPLICATE_EXTENSION = /* @__PURE__ */ peer(
  'ERR_TLS_DUPLICATE_EXTENSION',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_PSK_NOT_LAST = /* @__PURE__ */ peer(
  'ERR_TLS_PSK_NOT_LAST',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_MISSING_EXTENSION = /* @__PURE__ */ peer(
  'ERR_TLS_MISSING_EXTENSION',
  AlertDescription.missing_extension,
)

// Negotiation (RFC 9846 §4.2.1)
export const ERR_TLS_PROTOCOL_VERSION = /* @__PURE__ */ peer(
  'ERR_TLS_PROTOCOL_VERSION',
  AlertDescription.protocol_version,
)
export const ERR_TLS_NO_COMMON_CIPHER_SUITE = /* @__PURE__ */ peer(
  'ERR_TLS_NO_COMMON_CIPHER_SUITE',
  AlertDescription.handshake_failure,
)
export const ERR_TLS_NO_COMMON_GROUP = /* @__PURE__ */ peer(
  'ERR_TLS_NO_COMMON_GROUP',
  AlertDescription.handshake_failure,
)
export const ERR_TLS_NO_USABLE_CREDENTIAL = /* @__PURE__ */ peer(
  'ERR_TLS_NO_USABLE_CREDENTIAL',
  AlertDescription.handshake_failure,
)
export const ERR_TLS_NO_APPLICATION_PROTOCOL = /* @__PURE__ */ peer(
  'ERR_TLS_NO_APPLICATION_PROTOCOL',
  AlertDescription.no_application_protocol,
)
export const ERR_TLS_UNRECOGNIZED_NAME = /* @__PURE__ */ peer(
  'ERR_TLS_UNRECOGNIZED_NAME',
  AlertDescription.unrecognized_name,
)
export const ERR_TLS_UNKNOWN_PSK_IDENTITY = /* @__PURE__ */ peer(
  'ERR_TLS_UNKNOWN_PSK_IDENTITY',
  AlertDescription.unknown_psk_identity,
)
export const ERR_TLS_INAPPROPRIATE_FALLBACK = /* @__PURE__ */ peer(
  'ERR_TLS_INAPPROPRIATE_FALLBACK',
  AlertDescription.inappropriate_fallback,
)
export const ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE = /* @__PURE__ */ peer(
  'ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE',
  AlertDescription.unsupported_certificate,
)

// Values (RFC 9846 §6: illegal_parameter)
export const ERR_TLS_ILLEGAL_PARAMETER = /* @__PURE__ */ peer(
  'ERR_TLS_ILLEGAL_PARAMETER',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_COMPRESSION = /* @__PURE__ */ peer(
  'ERR_TLS_COMPRESSION',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_DOWNGRADE = /* @__PURE__ */ peer('ERR_TLS_DOWNGRADE', AlertDescription.illegal_parameter)
export const ERR_TLS_VERSION_NOT_OFFERED = /* @__PURE__ */ peer(
  'ERR_TLS_VERSION_NOT_OFFERED',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_CIPHER_SUITE_NOT_OFFERED = /* @__PURE__ */ peer(
  'ERR_TLS_CIPHER_SUITE_NOT_OFFERED',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_CIPHER_SUITE_CHANGED = /* @__PURE__ */ peer(
  'ERR_TLS_CIPHER_SUITE_CHANGED',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_SESSION_ID_MISMATCH = /* @__PURE__ */ peer(
  'ERR_TLS_SESSION_ID_MISMATCH',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_WRONG_GROUP = /* @__PURE__ */ peer(
  'ERR_TLS_WRONG_GROUP',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_INVALID_KEY_SHARE = /* @__PURE__ */ peer(
  'ERR_TLS_INVALID_KEY_SHARE',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_DUPLICATE_KEY_SHARE = /* @__PURE__ */ peer(
  'ERR_TLS_DUPLICATE_KEY_SHARE',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_POINTLESS_RETRY = /* @__PURE__ */ peer(
  'ERR_TLS_POINTLESS_RETRY',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_CLIENT_HELLO_CHANGED = /* @__PURE__ */ peer(
  'ERR_TLS_CLIENT_HELLO_CHANGED',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_WRONG_COOKIE = /* @__PURE__ */ peer(
  'ERR_TLS_WRONG_COOKIE',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_WRONG_PSK = /* @__PURE__ */ peer('ERR_TLS_WRONG_PSK', AlertDescription.illegal_parameter)
export const ERR_TLS_EARLY_DATA_NOT_ALLOWED = /* @__PURE__ */ peer(
  'ERR_TLS_EARLY_DATA_NOT_ALLOWED',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_ALPN_NOT_OFFERED = /* @__PURE__ */ peer(
  'ERR_TLS_ALPN_NOT_OFFERED',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_WRONG_SIGNATURE_SCHEME = /* @__PURE__ */ peer(
  'ERR_TLS_WRONG_SIGNATURE_SCHEME',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_WRONG_REQUEST_CONTEXT = /* @__PURE__ */ peer(
  'ERR_TLS_WRONG_REQUEST_CONTEXT',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_BAD_KEY_UPDATE = /* @__PURE__ */ peer(
  'ERR_TLS_BAD_KEY_UPDATE',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_BAD_RECORD_SIZE_LIMIT = /* @__PURE__ */ peer(
  'ERR_TLS_BAD_RECORD_SIZE_LIMIT',
  AlertDescription.illegal_parameter,
)
export const ERR_TLS_BAD_DELEGATED_CREDENTIAL = /* @__PURE__ */ peer(
  'ERR_TLS_BAD_DELEGATED_CREDENTIAL',
  AlertDescription.illegal_parameter,
)

// Proofs (RFC 9846 §6.2: decrypt_error)
export const ERR_TLS_BAD_CERTIFICATE_VERIFY = /* @__PURE__ */ peer(
  'ERR_TLS_BAD_CERTIFICATE_VERIFY',
  AlertDescription.decrypt_error,
)
export const ERR_TLS_BAD_FINISHED = /* @__PURE__ */ peer(
  'ERR_TLS_BAD_FINISHED',
  AlertDescription.decrypt_error,
)
export const ERR_TLS_BAD_BINDER = /* @__PURE__ */ peer('ERR_TLS_BAD_BINDER', AlertDescription.decrypt_error)

// The peer's certificate (RFC 9846 §4.5.1, §6.2)
export const ERR_TLS_EMPTY_CERTIFICATE = /* @__PURE__ */ certificate(
  'ERR_TLS_EMPTY_CERTIFICATE',
  AlertDescription.decode_error,
)
export const ERR_TLS_CERTIFICATE_REQUIRED = /* @__PURE__ */ certificate(
  'ERR_TLS_CERTIFICATE_REQUIRED',
  AlertDescription.certificate_required,
)
export const ERR_TLS_BAD_CERTIFICATE = /* @__PURE__ */ certificate(
  'ERR_TLS_BAD_CERTIFICATE',
  AlertDescription.bad_certificate,
)
export const ERR_TLS_UNSUPPORTED_CERTIFICATE = /* @__PURE__ */ certificate(
  'ERR_TLS_UNSUPPORTED_CERTIFICATE',
  AlertDescription.unsupported_certificate,
)
export const ERR_TLS_CERTIFICATE_REVOKED = /* @__PURE__ */ certificate(
  'ERR_TLS_CERTIFICATE_REVOKED',
  AlertDescription.certificate_revoked,
)
export const ERR_TLS_CERTIFICATE_EXPIRED = /* @__PURE__ */ certificate(
  'ERR_TLS_CERTIFICATE_EXPIRED',
  AlertDescription.certificate_expired,
)
export const ERR_TLS_CERTIFICATE_UNKNOWN = /* @__PURE__ */ certificate(
  'ERR_TLS_CERTIFICATE_UNKNOWN',
  AlertDescription.certificate_unknown,
)
export const ERR_TLS_CERTIFICATE_NAME = /* @__PURE__ */ certificate(
  'ERR_TLS_CERTIFICATE_NAME',
  AlertDescription.bad_certificate,
)
export const ERR_TLS_UNKNOWN_CA = /* @__PURE__ */ certificate(
  'ERR_TLS_UNKNOWN_CA',
  AlertDescription.unknown_ca,
)
export const ERR_TLS_BAD_CERTIFICATE_STATUS = /* @__PURE__ */ certificate(
  'ERR_TLS_BAD_CERTIFICATE_STATUS',
  AlertDescription.bad_certificate_status_response,
)
export const ERR_TLS_ACCESS_DENIED = /* @__PURE__ */ certificate(
  'ERR_TLS_ACCESS_DENIED',
  AlertDescription.access_denied,
)
export const ERR_TLS_CERTIFICATE_DECOMPRESSION = /* @__PURE__ */ certificate(
  'ERR_TLS_CERTIFICATE_DECOMPRESSION',
  AlertDescription.bad_certificate,
)
export const ERR_TLS_CERTIFICATE_CHAIN_TOO_LONG = /* @__PURE__ */ certificate(
  'ERR_TLS_CERTIFICATE_CHAIN_TOO_LONG',
  AlertDescription.bad_certificate,
)

// Encrypted Client Hello (RFC 9849)
export const ERR_TLS_ECH_REQUIRED = /* @__PURE__ */ local(
  'ERR_TLS_ECH_REQUIRED',
  AlertDescription.ech_required,
)

// Limits of our own
export const ERR_TLS_TOO_MANY_KEY_UPDATES = /* @__PURE__ */ peer(
  'ERR_TLS_TOO_MANY_KEY_UPDATES',
  AlertDescription.unexpected_message,
)
export const ERR_TLS_HANDSHAKE_TIMEOUT = /* @__PURE__ */ local(
  'ERR_TLS_HANDSHAKE_TIMEOUT',
  AlertDescription.user_canceled,
)

// Our own side
export const ERR_TLS_ABORTED = /* @__PURE__ */ local('ERR_TLS_ABORTED', AlertDescription.user_canceled)
export const ERR_TLS_NOT_CONNECTED = /* @__PURE__ */ local('ERR_TLS_NOT_CONNECTED')
export const ERR_TLS_CLOSED = /* @__PURE__ */ local('ERR_TLS_CLOSED')
export const ERR_TLS_NO_CHANNEL_BINDING = /* @__PURE__ */ local('ERR_TLS_NO_CHANNEL_BINDING')
export const ERR_TLS_CLIENT_CAN_NOT_BE_ASKED = /* @__PURE__ */ local('ERR_TLS_CLIENT_CAN_NOT_BE_ASKED')

// Ends
export const ERR_TLS_ALERT_RECEIVED = /* @__PURE__ */ peer('ERR_TLS_ALERT_RECEIVED')
export const ERR_TLS_TRUNCATED = /* @__PURE__ */ transport('ERR_TLS_TRUNCATED')
export const ERR_TLS_TRANSPORT = /* @__PURE__ */ transport('ERR_TLS_TRANSPORT')
export const ERR_TLS_CONFIG = /* @__PURE__ */ local('ERR_TLS_CONFIG', AlertDescription.internal_error)
export const ERR_TLS_INTERNAL = /* @__PURE__ */ local('ERR_TLS_INTERNAL', AlertDescription.internal_error)
