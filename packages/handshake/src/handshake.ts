/** A TLS 1.3 handshake, seen from outside: messages in, actions out. */
import type { EncryptionLevel, HandshakeAction, InstallKeys } from './action.ts'
import type { VerifiedPeer } from './info.ts'

/**
 * Calls must not overlap: wait for one answer, and carry out its actions, before the next call.
 * Every method throws TlsError; after that, unless it is one of the exporters, the handshake is of no further use.
 */
export interface Handshake {
  readonly role: 'client' | 'server'
  /** Name of the current state, for messages and traces: `ExpectServerHello`. */
  readonly state: string
  /**
   * Write keys to install before an alert for a failure in this state goes out (RFC 9846 §A.1): those of a client whose early
   * data has no fate yet, since a server that refuses early data reads nothing under its keys. `undefined`: the keys in use do.
   */
  readonly keysForAlert: InstallKeys | undefined
  /** Begins. A client answers with its ClientHello, a server with nothing. */
  readonly start: () => Promise<readonly HandshakeAction[]>
  /**
   * Takes one whole handshake message, header included; the bytes are kept, so they must not be overwritten.
   * @param level the keys under which it came
   */
  readonly receive: (message: Uint8Array, level: EncryptionLevel) => Promise<readonly HandshakeAction[]>
  /**
   * Renews our write keys (RFC 9846 §4.7.3), and asks the peer to renew its own if `requestPeer`.
   * Only once the handshake is complete.
   */
  readonly updateKeys: (requestPeer: boolean) => Promise<readonly HandshakeAction[]>
  /** The peer asked for it: `updateKeys(false)` is due before the next application data (RFC 9846 §4.7.3). */
  readonly owesKeyUpdate: boolean
  /**
   * Server: asks the client for a certificate, by `clientAuthentication` of the options (RFC 9846 §4.7.2). Any number of
   * requests may be open. Only once the handshake is complete; the handshake goes on if it throws.
   * @returns an `answer` that follows when the client has given it: who the client is, or `undefined` if it has no certificate
   *   for us; it rejects when the connection ends before
   * @throws TlsError `ERR_TLS_CLIENT_CAN_NOT_BE_ASKED` if the client did not offer post_handshake_auth, or is authenticated
   *   by an external pre-shared key, or nobody is there to verify it
   */
  readonly requestClientCertificate: () => Promise<{
    readonly actions: readonly HandshakeAction[]
    readonly answer: Promise<VerifiedPeer | undefined>
  }>
  /** Application data came in: runs of post-handshake messages are counted from here. */
  readonly applicationDataReceived: () => void
  /**
   * RFC 9846 §7.5.
   * @param label ASCII, at most 249 bytes
   * @param length in bytes
   * @throws TlsError `ERR_TLS_NOT_CONNECTED` before the handshake is complete; a server that has accepted early data may
   *   export as soon as its own Finished is out, when it may answer that data. `ERR_TLS_CLOSED` once the connection is
   *   over, `ERR_TLS_CONFIG` for a label or a length that is too long
   */
  readonly exportKeyingMaterial: (label: string, context: Uint8Array, length: number) => Promise<Uint8Array>
  /**
   * As `exportKeyingMaterial`, of early data: whatever is bound to it can be replayed as well (RFC 9846 §7.5).
   * @throws TlsError `ERR_TLS_NOT_CONNECTED` unless early data was offered (client) or accepted (server), or if it was rejected
   */
  readonly exportEarlyKeyingMaterial: (
    label: string,
    context: Uint8Array,
    length: number,
  ) => Promise<Uint8Array>
  /** Destroys all secrets. Idempotent. */
  readonly destroy: () => void
}
