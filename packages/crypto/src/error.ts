/** Errors of providers. The protocol packages turn them into alerts; see `TlsError` of `@mortise/wire`. */
import { inWords } from '@mortise/wire'

export type CryptoErrorCode =
  /** A peer's key share of wrong length or form, off the curve, of low order, or out of range. */
  | 'ERR_CRYPTO_INVALID_KEY_SHARE'
  /** A public or private key that doesn't parse or doesn't fit the algorithm. */
  | 'ERR_CRYPTO_INVALID_KEY'
  /** What is not the DER or PEM that it should be, where nothing more precise can be said. */
  | 'ERR_CRYPTO_MALFORMED'
  /** The provider can't do it. */
  | 'ERR_CRYPTO_UNSUPPORTED'
  | 'ERR_CRYPTO_SECRET_DESTROYED'
  | 'ERR_CRYPTO_SECRET_NOT_EXTRACTABLE'
  | 'ERR_CRYPTO_FOREIGN_SECRET'
  /** The backend failed in a way that is not the peer's doing. */
  | 'ERR_CRYPTO_OPERATION_FAILED'

/** What a provider throws, and nothing else. */
export class CryptoError extends Error {
  override readonly name = 'CryptoError'
  readonly code: CryptoErrorCode
  /** @param message `false`, as with the condition `production`: the code stands in its place */
  constructor(code: CryptoErrorCode, message: string | false, options?: ErrorOptions) {
    super((inWords && message) || code, options)
    this.code = code
  }
}
