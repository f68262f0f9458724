import { CryptoError } from '../error.ts'

export const invalidKey = (detail: string): CryptoError => new CryptoError('ERR_CRYPTO_INVALID_KEY', detail)

export const unsupportedKey = (detail: string): CryptoError =>
  new CryptoError('ERR_CRYPTO_UNSUPPORTED', detail)
