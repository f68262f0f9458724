/** The record layer's limits. Lengths in bytes. */
import type { AeadName } from '@mortise/crypto'
import { HandshakeType, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** content type, legacy_record_version, length (RFC 9846 §5.1). */
export const headerLength = 5

/** `TLSPlaintext.fragment` (RFC 9846 §5.1). */
export const maxPlaintext: number = 2 ** 14

/** `TLSInnerPlaintext`: content, content type and padding (RFC 9846 §5.4). */
export const maxInnerPlaintext: number = maxPlaintext + 1

/** `TLSCiphertext.encrypted_record` (RFC 9846 §5.2). */
export const maxCiphertext: number = maxPlaintext + 256

/**
 * The longest TLSInnerPlaintext under a record_size_limit (RFC 8449 §4): at least 64 bytes, and never more than
 * the protocol allows, whatever a peer is ready to take.
 * @throws TlsError `ERR_TLS_CONFIG`
 */
export function checkRecordSizeLimit(limit: number): number {
  if (!(limit >= 64))
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && `record size limit ${limit}, at least 64`,
    })
  return Math.min(limit, maxInnerPlaintext)
}

/** Runs that no honest peer sends. No RFC sets these; 32 and 4 are what BoringSSL allows. */
export const maxEmptyRecords = 32
export const maxUserCanceledAlerts = 4
export const maxChangeCipherSpecs = 32

/**
 * The longest body that a handshake message of a type may announce: 16 KiB; 64 KiB for a ClientHello, which brings
 * tickets and keys of any group; 100 KiB for what carries certificates, the names of authorities or a ticket. This is
 * checked as soon as the message's header is there, before anything is buffered for it.
 */
export function defaultMaxHandshakeMessage(type: number): number {
  if (type === HandshakeType.client_hello) return 65_536
  return longMessages.has(type) ? 102_400 : 16_384
}

const longMessages: ReadonlySet<number> = new Set<number>([
  HandshakeType.certificate,
  HandshakeType.compressed_certificate,
  HandshakeType.certificate_request,
  HandshakeType.new_session_ticket,
])

/**
 * How many records may be protected under one key (RFC 9846 §5.5). Only senders keep to it. For CCM, which
 * that section leaves out, RFC 9147 §4.5.3 has 2^23. ChaCha20-Poly1305 is bounded by the sequence number alone.
 */
export function recordLimit(aead: AeadName): number {
  return recordLimits[aead]
}

/** Far below 2^64, where sequence numbers would wrap (RFC 9846 §5.3); no connection lives to see it. */
export const maxSequenceNumber: number = Number.MAX_SAFE_INTEGER

const recordLimits: Readonly<Record<AeadName, number>> = {
  'aes-128-gcm': Math.floor(2 ** 24.5),
  'aes-256-gcm': Math.floor(2 ** 24.5),
  'chacha20-poly1305': maxSequenceNumber,
  'aes-128-ccm': 2 ** 23,
  'aes-128-ccm-8': 2 ** 23,
}
