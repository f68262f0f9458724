/** The connection core as its owners see it. */
import type { MaybePromise } from '@mortise/crypto'
import type { Handshake, HandshakeInfo, VerifiedPeer } from '@mortise/handshake'
import type { RecordReaderOptions, RecordWriterOptions } from '@mortise/record'
import type { TlsError } from '@mortise/wire'
import type { ConnectionEvents } from './events.ts'
import type { Shared } from './shared.ts'

/** What a connection is made of. */
export interface ConnectionOptions {
  readonly handshake: Handshake
  readonly events: ConnectionEvents
  readonly reader?: Omit<RecordReaderOptions, 'role'>
  readonly writer?: Omit<RecordWriterOptions, 'role'>
  /** Bytes of rejected early data that a server skips at least (RFC 9846 §4.3.10): more, if its tickets allow more. Default: 16,384. */
  readonly maxSkippedEarlyData?: number
  /** Of a client that offers early data: `writeEarlyData`. Default: none is written. */
  readonly writeEarlyData?: (shared: Shared, bytes: Uint8Array) => MaybePromise<number>
}

/** A handshake and a record layer, joined: bytes in, bytes and events out. */
export interface Connection {
  /** Begins; a client sends its ClientHello. */
  readonly start: () => MaybePromise<void>
  /**
   * Bytes of the transport. They are borrowed until the answer is there; give the next ones then, since what comes
   * earlier is kept in memory. Never rejects: failures are events.
   */
  readonly receive: (bytes: Uint8Array) => MaybePromise<void>
  /** The transport has ended. Without close_notify before it, that is a truncation (RFC 9846 §6.1). */
  readonly endOfTransport: () => MaybePromise<void>
  /** Gives the connection up for a failure of the transport or of its owner; an alert goes out if the error has one. */
  readonly abort: (error: TlsError) => MaybePromise<void>
  /**
   * Application data. Borrowed until the answer, which is there when the records were handed to `send`.
   * @throws TlsError `ERR_TLS_NOT_CONNECTED` before the handshake is complete, `ERR_TLS_CLOSED` after `close`, or the
   *   connection's failure
   */
  readonly write: (bytes: Uint8Array) => MaybePromise<void>
  /**
   * Early data (client): as much of `bytes` as the server will take, in one piece from the beginning.
   * @returns how many bytes were written; 0 if early data was not offered, is used up or its fate is decided
   */
  readonly writeEarlyData: (bytes: Uint8Array) => MaybePromise<number>
  /** Sends close_notify: we write no more. Idempotent. After a failure it settles when that is told, to the peer, too. */
  readonly close: () => MaybePromise<void>
  /** Renews our write keys, and asks the peer to renew its own (RFC 9846 §4.7.3). */
  readonly updateKeys: (requestPeer: boolean) => Promise<void>
  /**
   * Server: asks the client who it is, after the handshake (RFC 9846 §4.7.2). `info.peer` follows the answer.
   * @returns `undefined` if the client has no certificate for us
   * @throws TlsError `ERR_TLS_CLIENT_CAN_NOT_BE_ASKED` if the client did not offer that or nobody is there to verify it,
   *   `ERR_TLS_CLOSED` if the client writes no more, or the connection's failure
   */
  readonly requestClientCertificate: () => Promise<VerifiedPeer | undefined>
  /** RFC 9846 §7.5. @throws TlsError `ERR_TLS_NOT_CONNECTED` */
  readonly exportKeyingMaterial: (label: string, context: Uint8Array, length: number) => Promise<Uint8Array>
  /**
   * RFC 9846 §7.5, of early data: what is bound to it can be replayed.
   * @throws TlsError `ERR_TLS_NOT_CONNECTED` unless early data was offered (client) or accepted (server)
   */
  readonly exportEarlyKeyingMaterial: (
    label: string,
    context: Uint8Array,
    length: number,
  ) => Promise<Uint8Array>
  /** Name of the handshake's state, for messages and traces: `ExpectServerHello`. After a failure, the one that it met. */
  readonly state: string
  /** `undefined` before the handshake is complete. */
  readonly info: HandshakeInfo | undefined
  readonly error: TlsError | undefined
  /** Both sides have sent close_notify, or the connection has failed. */
  readonly closed: boolean
}
