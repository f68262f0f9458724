/** Takes a TLSInnerPlaintext apart (RFC 9846 §5.4): content, content type, zeros. */
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/**
 * Where the content type stands, which is the content's length.
 * @param limit the longest inner plaintext allowed, in bytes
 * @throws TlsError `ERR_TLS_RECORD_OVERFLOW`, `ERR_TLS_NO_CONTENT_TYPE`
 */
export function contentLength(inner: Uint8Array, limit: number): number {
  // RFC 9846 §5.4, RFC 8449 §4: content, type and padding together
  if (inner.length > limit)
    throw new TlsError(faults.ERR_TLS_RECORD_OVERFLOW, {
      detail: inWords && `${inner.length} bytes of plaintext, allowed ${limit}`,
    })
  let at = inner.length - 1
  while (at >= 0 && inner[at] === 0) at--
  if (at < 0) throw new TlsError(faults.ERR_TLS_NO_CONTENT_TYPE)
  return at
}
