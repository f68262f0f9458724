import { CryptoError } from '@mortise/crypto'
import { codeText, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** RFC 9846 §4.3.8.1, §4.3.8.2, §7.4.2: a share that can't be used is illegal_parameter. Other failures stay as they are. */
export function invalidShare(cause: unknown, group: number): unknown {
  return cause instanceof CryptoError && cause.code === 'ERR_CRYPTO_INVALID_KEY_SHARE'
    ? new TlsError(faults.ERR_TLS_INVALID_KEY_SHARE, { detail: inWords && codeText.namedGroup(group), cause })
    : cause
}
