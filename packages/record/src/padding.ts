/** How much a record is padded (RFC 9846 §5.4). */
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/**
 * A number of bytes: content and type octet are padded to a multiple of it. Or a function that says how many zeros
 * follow `contentLength` bytes of content; it is asked once for each record. Either way no record grows beyond the
 * limit, so full records are not padded.
 */
export type PaddingPolicy = number | ((contentLength: number) => number)

/**
 * Padding lengths by content length and by the room there is.
 * @throws TlsError `ERR_TLS_CONFIG`
 */
export function paddingLength(policy: PaddingPolicy, contentLength: number, room: number): number {
  const wanted = typeof policy === 'number' ? toMultiple(policy, contentLength + 1) : policy(contentLength)
  if (!Number.isInteger(wanted) || wanted < 0)
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && `the padding policy answers ${wanted}, not a length`,
    })
  return Math.min(wanted, room)
}

function toMultiple(block: number, length: number): number {
  if (!Number.isInteger(block) || block < 1)
    throw new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && `padding to a multiple of ${block}` })
  return (block - (length % block)) % block
}
