/** Records, cut out of what is under way. */
import { recordHeaderLength } from '@mortise/wire'

/** The records of a stretch of bytes that begins with one; what is incomplete at the end is the last piece. */
export function splitRecords(bytes: Uint8Array): readonly Uint8Array[] {
  const records: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const length = recordHeaderLength + (((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0))
    records.push(bytes.slice(at, at + length))
    at += length
  }
  return records
}
