/** Turning a message into records. There is one implementation for each kind of key. */
import type { MaybePromise } from '@mortise/crypto'
import type { PaddingPolicy } from '../padding.ts'

export interface Protect {
  /**
   * All records of a message.
   * @param size bytes of content to a record, at most
   */
  readonly write: (type: number, content: Uint8Array, size: number) => MaybePromise<Uint8Array>
  /** Records made so far under the key. */
  readonly records: () => number
  readonly retire: () => void
}

export interface WriterState {
  readonly allocate: (length: number) => Uint8Array
  readonly padding: PaddingPolicy | undefined
  /** The longest TLSInnerPlaintext to make, in bytes. */
  readonly maxInnerPlaintext: () => number
}

/** @param limit the longest content with padding that fits into a record */
export function paddingOf(
  { padding }: WriterState,
  limit: number,
): { policy: PaddingPolicy; limit: number } | undefined {
  return padding === undefined ? undefined : { policy: padding, limit }
}
