import { CryptoError } from '../error.ts'

export const invalidKey = (detail: string | false): CryptoError =>
  new CryptoError('ERR_CRYPTO_INVALID_KEY', detail)

export const unsupportedKey = (detail: string | false): CryptoError =>
  new CryptoError('ERR_CRYPTO_UNSUPPORTED', detail)
