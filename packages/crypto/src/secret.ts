/**
 * Secrets are opaque. The protocol packages hand them back to the provider that made them; only key log reads
 * their bytes, and a provider may refuse that. Our own three providers share the plain secret of this file, so
 * they mix freely.
 */
import { inWords } from '@mortise/wire'
import { CryptoError } from './error.ts'

/** A secret that only its provider can use: key material, never bytes in passing. */
export interface Secret {
  /** Who can use it: `plain` for secrets made of bytes, anything else for a provider's own. */
  readonly kind: string
  /** Length in bytes. */
  readonly length: number
  /**
   * A copy of the bytes, for key log.
   * @throws CryptoError `ERR_CRYPTO_SECRET_NOT_EXTRACTABLE` if the provider keeps them, `ERR_CRYPTO_SECRET_DESTROYED` after `destroy`.
   */
  readonly reveal: () => Uint8Array
  /** Overwrites the bytes. Idempotent. Later use throws CryptoError `ERR_CRYPTO_SECRET_DESTROYED`. */
  readonly destroy: () => void
}

const bytesBySecret = new WeakMap<Secret, Uint8Array>()

/** Makes a plain secret; takes ownership of `bytes` (no copy). It never prints its bytes. */
export function plainSecret(bytes: Uint8Array): Secret {
  const secret: Secret = {
    kind: 'plain',
    length: bytes.length,
    reveal: () => new Uint8Array(bytesOf(secret)), // `slice` of a Buffer is no copy
    destroy: () => {
      bytes.fill(0)
      bytesBySecret.delete(secret)
    },
  }
  bytesBySecret.set(secret, bytes)
  return Object.freeze(secret)
}

/**
 * The bytes behind a plain secret: a view, valid until it is destroyed. For providers only.
 * @throws CryptoError `ERR_CRYPTO_SECRET_DESTROYED`, or `ERR_CRYPTO_FOREIGN_SECRET` if another kind of provider made it.
 */
export function bytesOf(secret: Secret): Uint8Array {
  const bytes = bytesBySecret.get(secret)
  if (bytes) return bytes
  if (secret.kind !== 'plain')
    throw new CryptoError(
      'ERR_CRYPTO_FOREIGN_SECRET',
      inWords && `a secret of kind "${secret.kind}" can't be used by this provider`,
    )
  throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', inWords && 'the secret was destroyed')
}
