import { CryptoError } from '../error.ts'

/** Makes the error for bytes that are not what they must be, so that each format that is DER has its own. */
export type Malformed = (detail: string | false) => Error

/** The default: CryptoError `ERR_CRYPTO_MALFORMED`. */
export const malformedDer: Malformed = (detail) => new CryptoError('ERR_CRYPTO_MALFORMED', detail)
