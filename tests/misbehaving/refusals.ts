/** How we refuse: the alert that the peer hears, and the code of our error. */
import type { AlertDescription, TlsErrorCode } from '@mortise/wire'

export type Refusal = readonly [alert: keyof typeof AlertDescription | undefined, code: TlsErrorCode]

const refusal = <Alert extends Refusal[0], Code extends TlsErrorCode>(
  alert: Alert,
  code: Code,
): readonly [Alert, Code] => [alert, code]

// decode_error
export const malformed = refusal('decode_error', 'ERR_TLS_DECODE')
export const badAlert = refusal('decode_error', 'ERR_TLS_BAD_ALERT')
export const noCertificate = refusal('decode_error', 'ERR_TLS_EMPTY_CERTIFICATE')

// unexpected_message
export const unexpected = refusal('unexpected_message', 'ERR_TLS_UNEXPECTED_MESSAGE')
export const unexpectedRecord = refusal('unexpected_message', 'ERR_TLS_UNEXPECTED_RECORD')
export const interleaved = refusal('unexpected_message', 'ERR_TLS_INTERLEAVED_RECORD')
export const excess = refusal('unexpected_message', 'ERR_TLS_EXCESS_HANDSHAKE_DATA')
export const emptyFragment = refusal('unexpected_message', 'ERR_TLS_EMPTY_FRAGMENT')
export const noContentType = refusal('unexpected_message', 'ERR_TLS_NO_CONTENT_TYPE')
export const badChangeCipherSpec = refusal('unexpected_message', 'ERR_TLS_BAD_CHANGE_CIPHER_SPEC')
export const manyChangeCipherSpecs = refusal('unexpected_message', 'ERR_TLS_TOO_MANY_CHANGE_CIPHER_SPECS')
export const manyEmptyRecords = refusal('unexpected_message', 'ERR_TLS_TOO_MANY_EMPTY_RECORDS')
export const manyWarnings = refusal('unexpected_message', 'ERR_TLS_TOO_MANY_WARNING_ALERTS')
export const manyKeyUpdates = refusal('unexpected_message', 'ERR_TLS_TOO_MANY_KEY_UPDATES')
export const tooMuchEarlyData = refusal('unexpected_message', 'ERR_TLS_TOO_MUCH_EARLY_DATA')
export const tooMuchSkipped = refusal('unexpected_message', 'ERR_TLS_TOO_MUCH_SKIPPED_EARLY_DATA')

// Records
export const badMac = refusal('bad_record_mac', 'ERR_TLS_BAD_RECORD_MAC')
export const overflow = refusal('record_overflow', 'ERR_TLS_RECORD_OVERFLOW')
export const notTls = refusal('protocol_version', 'ERR_TLS_NOT_TLS')
export const illegalLevel = refusal('illegal_parameter', 'ERR_TLS_UNKNOWN_ALERT_LEVEL')
export const messageTooLong = refusal('illegal_parameter', 'ERR_TLS_MESSAGE_TOO_LONG')

// Extensions
export const unsolicited = refusal('unsupported_extension', 'ERR_TLS_UNSOLICITED_EXTENSION')
export const notAllowedHere = refusal('illegal_parameter', 'ERR_TLS_EXTENSION_NOT_ALLOWED')
export const duplicate = refusal('illegal_parameter', 'ERR_TLS_DUPLICATE_EXTENSION')
export const missingExtension = refusal('missing_extension', 'ERR_TLS_MISSING_EXTENSION')
export const pskNotLast = refusal('illegal_parameter', 'ERR_TLS_PSK_NOT_LAST')

// Negotiation and values
export const protocolVersion = refusal('protocol_version', 'ERR_TLS_PROTOCOL_VERSION')
export const illegal = refusal('illegal_parameter', 'ERR_TLS_ILLEGAL_PARAMETER')
export const compression = refusal('illegal_parameter', 'ERR_TLS_COMPRESSION')
export const wrongGroup = refusal('illegal_parameter', 'ERR_TLS_WRONG_GROUP')
export const invalidShare = refusal('illegal_parameter', 'ERR_TLS_INVALID_KEY_SHARE')
export const wrongPsk = refusal('illegal_parameter', 'ERR_TLS_WRONG_PSK')
export const helloChanged = refusal('illegal_parameter', 'ERR_TLS_CLIENT_HELLO_CHANGED')
export const wrongCookie = refusal('illegal_parameter', 'ERR_TLS_WRONG_COOKIE')
export const wrongContext = refusal('illegal_parameter', 'ERR_TLS_WRONG_REQUEST_CONTEXT')
export const wrongScheme = refusal('illegal_parameter', 'ERR_TLS_WRONG_SIGNATURE_SCHEME')
export const badKeyUpdate = refusal('illegal_parameter', 'ERR_TLS_BAD_KEY_UPDATE')
export const badSizeLimit = refusal('illegal_parameter', 'ERR_TLS_BAD_RECORD_SIZE_LIMIT')
export const earlyDataNotAllowed = refusal('illegal_parameter', 'ERR_TLS_EARLY_DATA_NOT_ALLOWED')

// Proofs
export const badSignature = refusal('decrypt_error', 'ERR_TLS_BAD_CERTIFICATE_VERIFY')
export const badFinished = refusal('decrypt_error', 'ERR_TLS_BAD_FINISHED')
export const badBinder = refusal('decrypt_error', 'ERR_TLS_BAD_BINDER')

// Certificates
export const badCertificate = refusal('bad_certificate', 'ERR_TLS_BAD_CERTIFICATE')
export const unsupportedCertificate = refusal('unsupported_certificate', 'ERR_TLS_UNSUPPORTED_CERTIFICATE')
export const certificateRequired = refusal('certificate_required', 'ERR_TLS_CERTIFICATE_REQUIRED')
export const badCompression = refusal('bad_certificate', 'ERR_TLS_CERTIFICATE_DECOMPRESSION')

// Nothing is said
export const alertReceived = refusal(undefined, 'ERR_TLS_ALERT_RECEIVED')
export const truncated = refusal(undefined, 'ERR_TLS_TRUNCATED')
