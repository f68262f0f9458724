/** Hash functions and what TLS 1.3 builds on them: transcript hash, HMAC and HKDF (RFC 5869). */
import type { ApprovalStatus, MaybePromise } from './provider.ts'
import type { Secret } from './secret.ts'

export type HashName = 'sha256' | 'sha384' | 'sha512'

/** An incremental hash, for the transcript (RFC 9846 §4.1). */
export interface HashState {
  /** Absorbs `data`, which may be reused as soon as this returns. */
  readonly update: (data: Uint8Array) => void
  /** The hash of all that was absorbed so far; absorbing may go on. */
  readonly snapshot: () => MaybePromise<Uint8Array>
}

/** A hash function with HMAC and HKDF on it. */
export interface Hash {
  readonly name: HashName
  /** Output length in bytes (Hash.length of RFC 9846 §7.1). */
  readonly length: number
  readonly approval: ApprovalStatus
  /** A fresh incremental hash. */
  readonly create: () => HashState
  /** The hash of `data`. */
  readonly digest: (data: Uint8Array) => MaybePromise<Uint8Array>
  /** Imports key material (a PSK, an exporter's secret). Copies `bytes`. */
  readonly importSecret: (bytes: Uint8Array) => Secret
  /** HKDF-Extract. `undefined` stands for a string of `length` zero bytes (RFC 9846 §7.1's 0). */
  readonly extract: (salt: Secret | undefined, ikm: Secret | undefined) => MaybePromise<Secret>
  /** HKDF-Expand to a secret of `length` bytes (at most 255 × hash length). */
  readonly expand: (secret: Secret, info: Uint8Array, length: number) => MaybePromise<Secret>
  /** HKDF-Expand to bytes that leave the provider: per-record IVs, exporter output, ticket PSKs. */
  readonly expandToBytes: (secret: Secret, info: Uint8Array, length: number) => MaybePromise<Uint8Array>
  /** HMAC, full length. */
  readonly hmac: (key: Secret, data: Uint8Array) => MaybePromise<Uint8Array>
}
