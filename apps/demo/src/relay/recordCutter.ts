/** Cuts what the relay has seen in one direction into records, as far as it was told. */
import { contentTypeName, hex, recordHeaderLength } from '@mortise/wire'

export interface SeenRecord {
  readonly from: 'page' | 'target'
  /** Name of the ContentType, or what else it looks like. */
  readonly type: string
  /** Whether the content is ciphertext. */
  readonly protected: boolean
  /** In bytes, header included. */
  readonly length: number
  /** The first bytes, hexadecimal. */
  readonly beginning: string
}

/** ContentTypes of TLS: 20 to 23. */
const isRecordType = (type: number): boolean => type >= 20 && type <= 23
const applicationData = 23
/** Bytes of each record that are shown. */
const shown = 48

/** @returns takes the beginning of each piece and its length, and answers with the records that begin in it */
export function recordCutter(
  from: SeenRecord['from'],
): (bytes: Uint8Array, length: number) => readonly SeenRecord[] {
  /** Bytes of the last record that are still to come. */
  let owed = 0
  return (bytes, length) => {
    const records: SeenRecord[] = []
    let at = Math.min(owed, length)
    owed -= at
    while (at < length) {
      const record = readRecord(from, bytes.subarray(at), length - at)
      records.push(record)
      owed = Math.max(0, record.length - (length - at))
      at += record.length
    }
    return records
  }
}

function readRecord(from: SeenRecord['from'], bytes: Uint8Array, left: number): SeenRecord {
  const [type = 0, , , high = 0, low = 0] = bytes
  // What is spoken before TLS, or a header that is cut: told as it is
  if (!isRecordType(type) || bytes.length < recordHeaderLength)
    return { from, type: 'bytes', protected: false, length: left, beginning: hex(bytes.subarray(0, shown)) }
  const length = recordHeaderLength + ((high << 8) | low)
  return {
    from,
    type: contentTypeName(type),
    protected: type === applicationData,
    length,
    beginning: hex(bytes.subarray(0, Math.min(shown, length))),
  }
}
