/** A file as early data (RFC 9846 §4.3.10). */
import type { ClientSession, EarlyDataSource } from '@mortise/tls'

/**
 * Sends all of `bytes` or nothing: half a request helps nobody. What the server does not take is not sent again, since
 * only who wrote it knows whether that is what it should be.
 * @param note told what became of it, for people
 * @returns `undefined` if the session doesn't allow that much
 */
export function sendEarly(
  bytes: Uint8Array,
  { maxEarlyDataSize }: Pick<ClientSession, 'maxEarlyDataSize'>,
  note: (text: string) => void,
): EarlyDataSource | undefined {
  if (bytes.length > maxEarlyDataSize) {
    note(
      `early data: not sent, ${bytes.length} bytes are more than the ${maxEarlyDataSize} the session allows`,
    )
    return undefined
  }
  return async ({ write, accepted }) => {
    await write(bytes)
    note((await accepted) ? 'early data: accepted' : 'early data: rejected, and not sent again')
  }
}
