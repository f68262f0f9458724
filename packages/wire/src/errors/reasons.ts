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

  // Ends
  ERR_TLS_ALERT_RECEIVED: { alert: undefined, blame: 'peer', sentence: 'the peer sent an alert' },
  ERR_TLS_TRUNCATED: transport('the transport ended without close_notify'),
  ERR_TLS_TRANSPORT: transport('the transport failed'),
  ERR_TLS_INTERNAL: local(AlertDescription.internal_error, 'an internal error'),
} as const satisfies Record<string, Reason>

export type TlsErrorCode = keyof typeof table

export const reasons: Readonly<Record<TlsErrorCode, Reason>> = table
