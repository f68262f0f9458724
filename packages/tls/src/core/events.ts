/** What a connection tells its owner, in the order in which it happens. No callback may throw. */
import type { ClientSession, EncryptionLevel, HandshakeInfo } from '@mortise/handshake'
import type { TlsError } from '@mortise/wire'

/** The owner's callbacks. */
export interface ConnectionEvents {
  /** Bytes for the transport, the owner's from now on. One flight is one call. */
  readonly send: (bytes: Uint8Array) => void
  /** The handshake is complete and the peer is authenticated. */
  readonly connected: (info: HandshakeInfo) => void
  /** Application data: 1 to 2^14 bytes, the owner's from now on. */
  readonly data: (bytes: Uint8Array) => void
  /** Server: early data, which may be a replay (RFC 9846 §8). Without this callback none is accepted by any owner of ours. */
  readonly earlyData?: (bytes: Uint8Array) => void
  /** Early data may be written from now on, `maxSize` bytes at most (client). */
  readonly earlyDataOffered?: (maxSize: number) => void
  /** Whether early data is taken: by the server (client), or by us (server). */
  readonly earlyDataDecided?: (accepted: boolean) => void
  /** A ticket came (client). */
  readonly session?: (session: ClientSession) => void
  /** close_notify: the peer writes no more; we still may (RFC 9846 §6.1). */
  readonly peerClosed: () => void
  /** The connection has failed; nothing more follows. Its alert, if there is one to send, went out before. */
  readonly failed: (error: TlsError) => void
  /** A line of the key log (RFC 9850), without a line end. Whoever has it can read the connection. */
  readonly keyLog?: (line: string) => void
  /** Every message in either direction, as it goes out or before it is handled; but a change_cipher_spec that comes in, which is dropped (RFC 9846 §5). */
  readonly trace?: (event: TraceEvent) => void
}

/** A message as it was sent or received. */
export interface TraceEvent {
  readonly direction: 'sent' | 'received'
  readonly kind: 'handshake' | 'alert' | 'changeCipherSpec' | 'applicationData'
  readonly level: EncryptionLevel
  /** A whole handshake message with its header; an alert's two bytes; application data in the clear. Not to be kept. */
  readonly bytes: Uint8Array
}
