/**
 * What a handshake asks of its owner. A handler does no I/O: it answers with the next state and a list of these,
 * to be carried out strictly in order before the next message is handed in.
 */
import type { CipherSuite, Secret } from '@mortise/crypto'
import type { HandshakeInfo, VerifiedPeer } from './info.ts'
import type { ClientSession } from './preSharedKey/session.ts'

/** The key under which bytes travel (RFC 9846 §2, RFC 9001 §4.1.4). */
export type EncryptionLevel = 'initial' | 'early' | 'handshake' | 'application'

/** Labels of the key log (RFC 9850). */
export type KeyLogLabel =
  | 'CLIENT_EARLY_TRAFFIC_SECRET'
  | 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'
  | 'SERVER_HANDSHAKE_TRAFFIC_SECRET'
  | 'CLIENT_TRAFFIC_SECRET_0'
  | 'SERVER_TRAFFIC_SECRET_0'
  | 'EXPORTER_SECRET'
  | 'EARLY_EXPORTER_SECRET'

/** Keys for one direction of the record layer. */
export interface InstallKeys {
  readonly kind: 'installReadKeys' | 'installWriteKeys'
  readonly level: EncryptionLevel
  readonly suite: CipherSuite
  readonly secret: Secret
  /** Reading early data: bytes of it that may come (RFC 9846 §4.7.1). */
  readonly maxEarlyData?: number
}

export type HandshakeAction =
  /** Write one whole handshake message, header included, at `level`. */
  | { readonly kind: 'send'; readonly level: EncryptionLevel; readonly message: Uint8Array }
  /** Write a change_cipher_spec record of compatibility mode (RFC 9846 §E.4). */
  | { readonly kind: 'sendChangeCipherSpec' }
  /** From here on the peer's change_cipher_spec records are dropped (`true`) or refused (`false`) (RFC 9846 §5). */
  | { readonly kind: 'allowChangeCipherSpec'; readonly allowed: boolean }
  /**
   * Use `secret` as the traffic secret of one direction. The owner derives key and IV of it (RFC 9846 §7.3) and
   * leaves the secret alone: the handshake destroys it when it is replaced.
   */
  | InstallKeys
  /** Write in the clear again: a HelloRetryRequest has ended early data (RFC 9846 §4.3.10). */
  | { readonly kind: 'removeWriteKeys' }
  /** The peer may send nothing more until it has heard from us: left-over handshake bytes are unexpected_message (RFC 9846 §5.1). */
  | { readonly kind: 'requireMessageBoundary' }
  /** Limits agreed by record_size_limit (RFC 8449 §4): plaintext bytes, content type included. */
  | {
      readonly kind: 'limitRecordSize'
      readonly read: number | undefined
      readonly write: number | undefined
    }
  | {
      readonly kind: 'keyLog'
      readonly label: KeyLogLabel
      /** 32 bytes. */
      readonly clientRandom: Uint8Array
      readonly secret: Secret
    }
  /** Early data may be written (client), once `installWriteKeys` for `early` was carried out: at most `maxSize` bytes. */
  | { readonly kind: 'offerEarlyData'; readonly maxSize: number }
  /**
   * The fate of early data that was offered. Client: whether the server took what was written. Server: whether
   * it will be read; if not, records that don't decrypt are skipped, up to a limit (RFC 9846 §4.3.10).
   */
  | {
      readonly kind: 'earlyData'
      readonly accepted: boolean
      /** Server: bytes that the client may have sent in vain, as far as our tickets have told it (RFC 9846 §4.7.1). */
      readonly maxSkipped?: number
    }
  /** Client: a ticket came; keep the session for one later connection. */
  | { readonly kind: 'newSession'; readonly session: ClientSession }
  /**
   * Authentication after the handshake has ended, with `info` as it is from now on (RFC 9846 §4.7.2). Server: the
   * client is `peer`, or has no certificate for us (`undefined`). Client: we have answered.
   */
  | {
      readonly kind: 'authenticated'
      /** certificate_request_context of the request. */
      readonly context: Uint8Array
      readonly peer: VerifiedPeer | undefined
      readonly info: HandshakeInfo
    }
  /** The handshake is complete and the peer authenticated: application data may flow. */
  | { readonly kind: 'complete'; readonly info: HandshakeInfo }
