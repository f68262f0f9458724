/**
 * AEAD algorithms. A key is imported once per traffic key and then used for many records, so everything that
 * depends on the key alone (round keys, GHASH tables, CryptoKey objects) belongs into `Aead.key`.
 */
import type { ApprovalStatus, MaybePromise } from './provider.ts'
import type { Secret } from './secret.ts'

export type AeadName = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305' | 'aes-128-ccm' | 'aes-128-ccm-8'

/** An AEAD of TLS 1.3 (RFC 9846 §5.2). */
export interface Aead {
  readonly name: AeadName
  /** Key length in bytes. */
  readonly keyLength: number
  /** Nonce length in bytes: 12 for every AEAD of TLS 1.3. */
  readonly nonceLength: number
  /** Authentication tag length in bytes: 16, or 8 for CCM_8. */
  readonly tagLength: number
  readonly approval: ApprovalStatus
  /** Makes a key context of a secret of `keyLength` bytes. */
  readonly key: (secret: Secret) => MaybePromise<AeadKey>
}

export type AeadKey = SyncAeadKey | AsyncAeadKey

/** Nonce, associated data and input are borrowed: they may be overwritten as soon as a call returns. */
export interface SyncAeadKey {
  readonly sync: true
  /**
   * Encrypts `content || trailer` and writes ciphertext and tag (content + trailer + tagLength bytes) into
   * `out` at `offset`. Two inputs, so that a record's content type and padding need no copy of its content.
   * `out` must not overlap the inputs.
   */
  readonly sealInto: (
    nonce: Uint8Array,
    associatedData: Uint8Array,
    content: Uint8Array,
    trailer: Uint8Array,
    out: Uint8Array,
    offset: number,
  ) => void
  /** The plaintext (a fresh or provider-owned buffer, never a view of `sealed`), or `undefined` if authentication fails, too short input included. */
  readonly open: (nonce: Uint8Array, associatedData: Uint8Array, sealed: Uint8Array) => Uint8Array | undefined
  /** Drops the key. Idempotent. */
  readonly destroy: () => void
}

/** Several operations may be in flight at once; nonce, associated data and input are read before a call returns. */
export interface AsyncAeadKey {
  readonly sync: false
  /** How many operations are worth having in flight (8 to 16 where a thread pool works, 2 to 4 otherwise). */
  readonly maxInFlight: number
  /** Ciphertext and tag of `content || trailer`. */
  readonly seal: (
    nonce: Uint8Array,
    associatedData: Uint8Array,
    content: Uint8Array,
    trailer: Uint8Array,
  ) => Promise<Uint8Array>
  /** `undefined` if authentication fails. */
  readonly open: (
    nonce: Uint8Array,
    associatedData: Uint8Array,
    sealed: Uint8Array,
  ) => Promise<Uint8Array | undefined>
  /** Drops the key. Idempotent. */
  readonly destroy: () => void
}
