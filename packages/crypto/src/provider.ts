/**
 * What a backend must offer for TLS 1.3. A provider is a plain value: arrays of descriptors in order of
 * preference, so that providers are mixed by spreading (`{ ...webcrypto(), hashes: noble().hashes }`) and
 * filtered with `Array.prototype.filter`. Protocol packages see nothing but this file's types.
 *
 * Any operation may answer with a value or with a promise of it. Callers await only what is a promise, so a
 * synchronous provider stays synchronous all the way down.
 */
import type { Aead } from './aead.ts'
import type { KeyExchangeGroup } from './group.ts'
import type { Hash } from './hash.ts'
import type { PrivateKeyInput, SignatureAlgorithm, SigningKey } from './signature.ts'

/** A value now, or a promise of it. */
export type MaybePromise<T> = T | Promise<T>

/**
 * Whether an implementation runs inside a validated cryptographic module (FIPS 140): `approved` and
 * `not-approved` are claims of the provider, `unknown` is the honest default.
 */
export type ApprovalStatus = 'approved' | 'not-approved' | 'unknown'

/** All the cryptography of a connection, each list in order of preference. Who signs brings a `SigningKey`. */
export interface CryptoProvider {
  /** For messages and traces: `node`, `webcrypto`, `noble`, … */
  readonly name: string
  /** Cryptographically secure random bytes. `length` in bytes. */
  readonly random: (length: number) => Uint8Array
  readonly hashes: readonly Hash[]
  readonly aeads: readonly Aead[]
  readonly groups: readonly KeyExchangeGroup[]
  readonly signatures: readonly SignatureAlgorithm[]
}

/** A provider that also makes a `SigningKey` of a private key, for servers and for clients that prove themselves. */
export interface SigningProvider extends CryptoProvider {
  /** @throws CryptoError `ERR_CRYPTO_INVALID_KEY` (malformed) or `ERR_CRYPTO_UNSUPPORTED` (not a key this provider can use). */
  readonly importPrivateKey: (key: PrivateKeyInput) => MaybePromise<SigningKey>
}
