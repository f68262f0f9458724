/** How a message is cut into records, worked out before a byte is written so that one buffer can hold them all. */
import { headerLength } from '../limits.ts'
import { paddingLength, type PaddingPolicy } from '../padding.ts'

export interface Fragments {
  readonly count: number
  /** Bytes of content in each record but the last. */
  readonly size: number
  /** Zeros behind each record's content; `undefined`: none anywhere. */
  readonly paddings: readonly number[] | undefined
  /** Bytes of all records. */
  readonly total: number
}

/**
 * @param size bytes of content that fit into a record
 * @param overhead bytes that protection adds to content and padding: type octet and tag
 * @param padding the policy, and the longest content with padding that fits into a record
 */
export function cut(
  length: number,
  size: number,
  overhead: number,
  padding?: { readonly policy: PaddingPolicy; readonly limit: number },
): Fragments {
  const count = Math.max(1, Math.ceil(length / size))
  let total = length + count * (headerLength + overhead)
  if (!padding) return { count, size, paddings: undefined, total }
  const paddings: number[] = []
  for (let index = 0; index < count; index++) {
    const part = Math.min(size, length - index * size)
    const zeros = paddingLength(padding.policy, part, padding.limit - part)
    paddings.push(zeros)
    total += zeros
  }
  return { count, size, paddings, total }
}

/** The content of record `index`: a view. */
export function fragmentAt(content: Uint8Array, fragments: Fragments, index: number): Uint8Array {
  return fragments.count === 1
    ? content
    : content.subarray(index * fragments.size, (index + 1) * fragments.size)
}
