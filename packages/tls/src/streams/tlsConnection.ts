/** A connection as `connect` and `accept` give it. */
import type { Party } from '../channelBinding.ts'
import type { ConnectionInfo, Peer } from '../info.ts'

/** Any transport: a socket of a worker, a WebSocket tunnel, one end of a pair of pipes. */
export interface ByteStream {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<Uint8Array>
}

/** An authenticated connection. Failures are TlsErrors: of `readable`, of `writable` and of `closed`. */
export interface TlsConnection extends Party {
  /**
   * What the peer sends. Ends with its close_notify; an end of the transport without one is the error
   * `ERR_TLS_TRUNCATED`. At most 64 KiB, and one chunk of the transport, wait here. Cancelling it drops what follows.
   */
  readonly readable: ReadableStream<Uint8Array>
  /** What the peer gets. Closing it sends close_notify: the peer may still send. Aborting it gives the connection up. */
  readonly writable: WritableStream<Uint8Array>
  /** Authentication after the handshake makes it a new one. */
  readonly info: ConnectionInfo
  /** Server: early data, which may be a replay (RFC 9846 §8); `undefined` if none was accepted. */
  readonly earlyData: ReadableStream<Uint8Array> | undefined
  /** Settles when neither side writes any more; rejects with the connection's failure. Need not be handled. */
  readonly closed: Promise<void>
  /**
   * Sends close_notify, drops what still comes in, waits a second at most for the peer's close_notify and lets the
   * transport go. Never rejects.
   */
  readonly close: () => Promise<void>
  /** Renews our keys (RFC 9846 §4.7.3), and asks the peer to renew its own unless `requestPeer` is `false`. */
  readonly updateKeys: (options?: { readonly requestPeer?: boolean }) => Promise<void>
  /**
   * Server: asks the client who it is, after the handshake (RFC 9846 §4.7.2); the client's `readable` has to be read.
   * @returns `undefined` if the client has no certificate for us
   * @throws TlsError `ERR_TLS_CLIENT_CAN_NOT_BE_ASKED` if the client did not offer that, or nobody is there to verify it
   */
  readonly requestClientCertificate: () => Promise<Peer | undefined>
  /** RFC 9846 §7.5. @param label ASCII, at most 249 bytes @param length in bytes @throws TlsError */
  readonly exportKeyingMaterial: (label: string, context: Uint8Array, length: number) => Promise<Uint8Array>
  /** RFC 9846 §7.5, of early data, which may be a replay. @throws TlsError `ERR_TLS_NOT_CONNECTED` if none was accepted */
  readonly exportEarlyKeyingMaterial: (
    label: string,
    context: Uint8Array,
    length: number,
  ) => Promise<Uint8Array>
  /** `close`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}
