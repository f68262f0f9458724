/** Key exchange, in the shape of a KEM so that (EC)DHE, ML-KEM and their hybrids are all the same to the handshake. */
import type { ApprovalStatus, MaybePromise } from './provider.ts'
import type { Secret } from './secret.ts'

/** A group or KEM for key exchange: what a client offers and a server answers (RFC 9846 §4.3.8). */
export interface KeyExchangeGroup {
  /** NamedGroup code point (RFC 9846 §4.3.7). */
  readonly group: number
  /** NamedGroup name as registered: `x25519`, `secp256r1`, `X25519MLKEM768`, … */
  readonly name: string
  readonly approval: ApprovalStatus
  /** Client: a fresh key pair. Never reused between connections (RFC 9846 §4.3.8). */
  readonly offer: () => MaybePromise<KeyOffer>
  /**
   * Server: answers a client's share.
   * @throws CryptoError `ERR_CRYPTO_INVALID_KEY_SHARE`
   */
  readonly respond: (peerShare: Uint8Array) => MaybePromise<KeyResponse>
  /**
   * An offer made of a given private key, for known-answer tests: a scalar (big-endian for NIST curves and
   * finite fields, little-endian as in RFC 7748 for X25519 and X448), or `d || z` (64 bytes) for ML-KEM.
   * Absent where the backend can't.
   */
  readonly fromPrivateKey?: (privateKey: Uint8Array) => MaybePromise<KeyOffer>
}

/** A client's key pair for one handshake. */
export interface KeyOffer {
  /** `KeyShareEntry.key_exchange`. */
  readonly share: Uint8Array
  /** @throws CryptoError `ERR_CRYPTO_INVALID_KEY_SHARE` */
  readonly complete: (peerShare: Uint8Array) => MaybePromise<Secret>
  /** Drops the private key. Idempotent. */
  readonly destroy: () => void
}

/** A server's answer to a client's share: its own share, and the shared secret. */
export interface KeyResponse {
  readonly share: Uint8Array
  readonly secret: Secret
}
