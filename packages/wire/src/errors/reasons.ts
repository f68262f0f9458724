/**
 * Why a connection fails: code → alert → blame → sentence. The documentation's page of errors is generated
 * from this table. One line per reason; a handler only names the code.
 */
import { AlertDescription } from '../registry/alertDescription.ts'

/** Whose doing it is: our configuration or code, the peer's bytes, the peer's certificate, or the transport. */
export type Blame = 'local' | 'peer' | 'certificate' | 'transport'

interface Reason {
  /** AlertDescription to send; `undefined`: nothing is sent. */
  readonly alert: number | undefined
  readonly blame: Blame
  readonly sentence: string
}

const peer = (alert: number, sentence: string): Reason => ({ alert, blame: 'peer', sentence })
const local = (alert: number | undefined, sentence: string): Reason => ({ alert, blame: 'local', sentence })
const certificate = (alert: number, sentence: string): Reason => ({ alert, blame: 'certificate', sentence })
const transport = (sentence: string): Reason => ({ alert: undefined, blame: 'transport', sentence })

// prettier-ignore
const table = {
  // What doesn't parse (RFC 9846 §6: decode_error)
  ERR_TLS_DECODE: peer(AlertDescription.decode_error, 'the peer sent a message that does not parse'),

  // Order (RFC 9846 §4: unexpected_message)
  ERR_TLS_UNEXPECTED_MESSAGE: peer(AlertDescription.unexpected_message, 'the peer sent a message that is not allowed in this state'),

  // Record layer (RFC 9846 §5)
  ERR_TLS_RECORD_OVERFLOW: peer(AlertDescription.record_overflow, 'the peer sent a record that is too long'),
  ERR_TLS_BAD_RECORD_MAC: peer(AlertDescription.bad_record_mac, 'the peer sent a record that does not decrypt'),
  ERR_TLS_NOT_TLS: peer(AlertDescription.protocol_version, 'the peer does not speak TLS'),
  ERR_TLS_UNEXPECTED_RECORD: peer(AlertDescription.unexpected_message, 'the peer sent a record that is not allowed at this point'),
  ERR_TLS_INTERLEAVED_RECORD: peer(AlertDescription.unexpected_message, 'the peer interrupted a handshake message by another record'),
  ERR_TLS_EXCESS_HANDSHAKE_DATA: peer(AlertDescription.unexpected_message, 'the peer sent handshake bytes behind a message that must end its flight or its keys'),
  ERR_TLS_EMPTY_FRAGMENT: peer(AlertDescription.unexpected_message, 'the peer sent an empty handshake or alert record'),
  ERR_TLS_NO_CONTENT_TYPE: peer(AlertDescription.unexpected_message, 'the peer sent a protected record without a content type'),
  ERR_TLS_BAD_CHANGE_CIPHER_SPEC: peer(AlertDescription.unexpected_message, 'the peer sent a change_cipher_spec other than the single byte 1'),
  ERR_TLS_TOO_MANY_CHANGE_CIPHER_SPECS: peer(AlertDescription.unexpected_message, 'the peer sent too many change_cipher_spec records'),
  ERR_TLS_TOO_MANY_EMPTY_RECORDS: peer(AlertDescription.unexpected_message, 'the peer sent too many empty records'),
  ERR_TLS_TOO_MANY_WARNING_ALERTS: peer(AlertDescription.unexpected_message, 'the peer sent too many warning alerts'),
  ERR_TLS_BAD_ALERT: peer(AlertDescription.decode_error, 'the peer sent an alert record that does not hold exactly one alert'),
  ERR_TLS_UNKNOWN_ALERT_LEVEL: peer(AlertDescription.illegal_parameter, 'the peer sent an alert of unknown level'),
  ERR_TLS_MESSAGE_TOO_LONG: peer(AlertDescription.illegal_parameter, 'the peer announced a handshake message that is too long'),
  ERR_TLS_TOO_MUCH_EARLY_DATA: peer(AlertDescription.unexpected_message, 'the peer sent more early data than was allowed'),
  ERR_TLS_TOO_MUCH_SKIPPED_EARLY_DATA: peer(AlertDescription.unexpected_message, 'the peer sent more early data than is skipped after its rejection'),
  ERR_TLS_KEY_EXHAUSTED: local(AlertDescription.internal_error, 'a traffic key has protected as many records as it may'),

  // Extensions (RFC 9846 §4.3)
  ERR_TLS_UNSOLICITED_EXTENSION: peer(AlertDescription.unsupported_extension, 'the peer answered with an extension that it was not asked for'),
  ERR_TLS_EXTENSION_NOT_ALLOWED: peer(AlertDescription.illegal_parameter, 'the peer sent an extension in a message that must not carry it'),
  ERR_TLS_DUPLICATE_EXTENSION: peer(AlertDescription.illegal_parameter, 'the peer sent an extension twice in one message'),
  ERR_TLS_PSK_NOT_LAST: peer(AlertDescription.illegal_parameter, 'pre_shared_key is not the last extension of the ClientHello'),
  ERR_TLS_MISSING_EXTENSION: peer(AlertDescription.missing_extension, 'the peer left out an extension that must be there'),

  // Negotiation (RFC 9846 §4.2.1)
  ERR_TLS_PROTOCOL_VERSION: peer(AlertDescription.protocol_version, 'the peer does not speak TLS 1.3'),
  ERR_TLS_NO_COMMON_CIPHER_SUITE: peer(AlertDescription.handshake_failure, 'the client offers no cipher suite that we take'),
  ERR_TLS_NO_COMMON_GROUP: peer(AlertDescription.handshake_failure, 'the client offers no key exchange group that we take'),
  ERR_TLS_NO_USABLE_CREDENTIAL: peer(AlertDescription.handshake_failure, 'we have no certificate whose key can sign with a scheme that the peer takes'),
  ERR_TLS_NO_APPLICATION_PROTOCOL: peer(AlertDescription.no_application_protocol, 'the client offers no application protocol (ALPN) that we take'),
  ERR_TLS_UNRECOGNIZED_NAME: peer(AlertDescription.unrecognized_name, 'the client asks for a server name that is not served here'),
  ERR_TLS_UNKNOWN_PSK_IDENTITY: peer(AlertDescription.unknown_psk_identity, 'the client offers no pre-shared key that we know, and we take nothing else'),
  ERR_TLS_INAPPROPRIATE_FALLBACK: peer(AlertDescription.inappropriate_fallback, 'the client fell back to an older version without need'),
  ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE: peer(AlertDescription.unsupported_certificate, 'the peer takes no type of certificate that we have, or has none that we take'),

  // Values (RFC 9846 §6: illegal_parameter)
  ERR_TLS_ILLEGAL_PARAMETER: peer(AlertDescription.illegal_parameter, 'the peer sent a value that is not allowed'),
  ERR_TLS_COMPRESSION: peer(AlertDescription.illegal_parameter, 'the peer asked for compression, which TLS 1.3 does not have'),
  ERR_TLS_DOWNGRADE: peer(AlertDescription.illegal_parameter, 'the connection was downgraded to an older version of TLS by an attacker'),
  ERR_TLS_VERSION_NOT_OFFERED: peer(AlertDescription.illegal_parameter, 'the server chose a version that was not offered'),
  ERR_TLS_CIPHER_SUITE_NOT_OFFERED: peer(AlertDescription.illegal_parameter, 'the server chose a cipher suite that was not offered'),
  ERR_TLS_CIPHER_SUITE_CHANGED: peer(AlertDescription.illegal_parameter, 'the server chose another cipher suite than in its HelloRetryRequest'),
  ERR_TLS_SESSION_ID_MISMATCH: peer(AlertDescription.illegal_parameter, 'the server did not echo the legacy session id'),
  ERR_TLS_WRONG_GROUP: peer(AlertDescription.illegal_parameter, 'the peer named a key exchange group that it must not use here'),
  ERR_TLS_INVALID_KEY_SHARE: peer(AlertDescription.illegal_parameter, 'the peer sent a key share that is invalid for its group'),
  ERR_TLS_DUPLICATE_KEY_SHARE: peer(AlertDescription.illegal_parameter, 'the client sent two key shares for one group'),
  ERR_TLS_POINTLESS_RETRY: peer(AlertDescription.illegal_parameter, 'the server asked for a retry that changes nothing'),
  ERR_TLS_CLIENT_HELLO_CHANGED: peer(AlertDescription.illegal_parameter, 'the second ClientHello differs from the first where it must not'),
  ERR_TLS_WRONG_COOKIE: peer(AlertDescription.illegal_parameter, 'the client did not return the cookie that it was sent'),
  ERR_TLS_WRONG_PSK: peer(AlertDescription.illegal_parameter, 'the peer chose or offered a pre-shared key against the rules'),
  ERR_TLS_EARLY_DATA_NOT_ALLOWED: peer(AlertDescription.illegal_parameter, 'early data was offered or accepted where it must not be'),
  ERR_TLS_ALPN_NOT_OFFERED: peer(AlertDescription.illegal_parameter, 'the server chose an application protocol (ALPN) that was not offered'),
  ERR_TLS_WRONG_SIGNATURE_SCHEME: peer(AlertDescription.illegal_parameter, 'the peer signed with a scheme that it must not use'),
  ERR_TLS_WRONG_REQUEST_CONTEXT: peer(AlertDescription.illegal_parameter, 'the certificate request context is not the expected one'),
  ERR_TLS_BAD_KEY_UPDATE: peer(AlertDescription.illegal_parameter, 'the peer sent a KeyUpdate with an unknown request'),
  ERR_TLS_BAD_RECORD_SIZE_LIMIT: peer(AlertDescription.illegal_parameter, 'the peer sent a record size limit below 64 or beside max_fragment_length'),
  ERR_TLS_BAD_DELEGATED_CREDENTIAL: peer(AlertDescription.illegal_parameter, 'the peer sent a delegated credential that is not valid'),

  // Proofs (RFC 9846 §6.2: decrypt_error)
  ERR_TLS_BAD_CERTIFICATE_VERIFY: peer(AlertDescription.decrypt_error, 'the signature in CertificateVerify does not verify'),
  ERR_TLS_BAD_FINISHED: peer(AlertDescription.decrypt_error, 'the verify_data in Finished is wrong'),
  ERR_TLS_BAD_BINDER: peer(AlertDescription.decrypt_error, 'the binder of a pre-shared key does not verify'),

  // The peer's certificate (RFC 9846 §4.5.1, §6.2)
  ERR_TLS_EMPTY_CERTIFICATE: certificate(AlertDescription.decode_error, 'the server sent no certificate'),
  ERR_TLS_CERTIFICATE_REQUIRED: certificate(AlertDescription.certificate_required, 'a client certificate is required, and the client sent none'),
  ERR_TLS_BAD_CERTIFICATE: certificate(AlertDescription.bad_certificate, "the peer's certificate is malformed or its signature does not verify"),
  ERR_TLS_UNSUPPORTED_CERTIFICATE: certificate(AlertDescription.unsupported_certificate, "the peer's certificate is of an unsupported kind or not for this use"),
  ERR_TLS_CERTIFICATE_REVOKED: certificate(AlertDescription.certificate_revoked, "the peer's certificate was revoked"),
  ERR_TLS_CERTIFICATE_EXPIRED: certificate(AlertDescription.certificate_expired, "the peer's certificate has expired or is not valid yet"),
  ERR_TLS_CERTIFICATE_UNKNOWN: certificate(AlertDescription.certificate_unknown, "the peer's certificate was not accepted"),
  ERR_TLS_CERTIFICATE_NAME: certificate(AlertDescription.bad_certificate, "the peer's certificate is for another name"),
  ERR_TLS_UNKNOWN_CA: certificate(AlertDescription.unknown_ca, "the peer's certificate leads to no trusted authority"),
  ERR_TLS_BAD_CERTIFICATE_STATUS: certificate(AlertDescription.bad_certificate_status_response, "the OCSP response for the peer's certificate is not valid"),
  ERR_TLS_ACCESS_DENIED: certificate(AlertDescription.access_denied, "the peer's certificate is valid, but the peer has no access"),
  ERR_TLS_CERTIFICATE_DECOMPRESSION: certificate(AlertDescription.bad_certificate, "the peer's compressed certificate does not decompress to the announced length"),
  ERR_TLS_CERTIFICATE_CHAIN_TOO_LONG: certificate(AlertDescription.bad_certificate, "the peer's certificate chain is longer than our limit"),

  // Encrypted Client Hello (RFC 9849)
  ERR_TLS_ECH_REQUIRED: local(AlertDescription.ech_required, 'the server could not decrypt the encrypted ClientHello'),

  // Limits of our own
  ERR_TLS_TOO_MANY_KEY_UPDATES: peer(AlertDescription.unexpected_message, 'the peer sent too many KeyUpdates without application data between them'),
  ERR_TLS_HANDSHAKE_TIMEOUT: local(AlertDescription.user_canceled, 'the handshake took too long'),

  // Our own side
  ERR_TLS_ABORTED: local(AlertDescription.user_canceled, 'the connection was aborted'),
  ERR_TLS_NOT_CONNECTED: local(undefined, 'the connection is not established yet'),
  ERR_TLS_CLOSED: local(undefined, 'the connection is closed'),
  ERR_TLS_NO_CHANNEL_BINDING: local(undefined, 'there is no channel binding of this type'),
  ERR_TLS_CLIENT_CAN_NOT_BE_ASKED: local(undefined, 'the client can not be asked for a certificate after the handshake'),

  // Ends
  ERR_TLS_ALERT_RECEIVED: { alert: undefined, blame: 'peer', sentence: 'the peer sent an alert' },
  ERR_TLS_TRUNCATED: transport('the transport ended without close_notify'),
  ERR_TLS_TRANSPORT: transport('the transport failed'),
  ERR_TLS_CONFIG: local(AlertDescription.internal_error, 'an option can not be honoured'),
  ERR_TLS_INTERNAL: local(AlertDescription.internal_error, 'an internal error'),
} as const satisfies Record<string, Reason>

export type TlsErrorCode = keyof typeof table

export const reasons: Readonly<Record<TlsErrorCode, Reason>> = table
