/**
 * Cuts a byte stream into records. A record that lies whole in one appended chunk is handed out as a view of it;
 * only one that straddles chunks is copied, into a buffer that is used again. Knows lengths, but no rules: those
 * are for whoever asked for the header.
 */
import { headerLength } from './limits.ts'

export interface RecordHeader {
  readonly type: number
  readonly version: number
  /** Of what follows the header, in bytes. */
  readonly length: number
}

export interface Framing {
  /** Queues `bytes`, which are borrowed until they are taken, or until `take` or `header` answers `undefined`. */
  readonly append: (bytes: Uint8Array) => void
  /** The next record's header once it has arrived. Always the same object, so read it before the next call. */
  readonly header: () => RecordHeader | undefined
  /**
   * The next record once it has arrived whole. Only after `header` has answered.
   * @param keep whether the record must stay intact when more are taken
   * @param from where to begin: 0 with the header, 5 behind it
   */
  readonly take: (keep: boolean, from?: number) => Uint8Array | undefined
  /** Gives back records that were taken (and kept), first one first. */
  readonly putBack: (records: readonly Uint8Array[]) => void
  /** Bytes that were appended and not taken. */
  readonly buffered: () => number
  readonly clear: () => void
}

export function createFraming(): Framing {
  const chunks: Uint8Array[] = []
  const header = { type: 0, version: 0, length: 0 }
  let returned: Uint8Array[] = []
  let offset = 0 // in chunks[0]
  let straddling = new Uint8Array(0)
  let straddlingLength = 0
  let buffered = 0

  function readHeader(bytes: Uint8Array, at: number): RecordHeader {
    header.type = byte(bytes, at)
    header.version = (byte(bytes, at + 1) << 8) | byte(bytes, at + 2)
    header.length = (byte(bytes, at + 3) << 8) | byte(bytes, at + 4)
    return header
  }

  function skip(chunk: Uint8Array, length: number): void {
    offset += length
    if (offset < chunk.length) return
    chunks.shift()
    offset = 0
  }

  /** Collects the next `length` bytes of a straddling record, as far as they have arrived. */
  function gather(length: number): boolean {
    if (straddling.length < length) {
      const larger = new Uint8Array(length)
      larger.set(straddling.subarray(0, straddlingLength))
      straddling = larger
    }
    for (let chunk = chunks[0]; chunk && straddlingLength < length; chunk = chunks[0]) {
      const part = chunk.subarray(offset, offset + length - straddlingLength)
      straddling.set(part, straddlingLength)
      straddlingLength += part.length
      skip(chunk, part.length)
    }
    return straddlingLength >= length
  }

  return {
    append(bytes) {
      if (bytes.length === 0) return
      // Views of a Buffer are Buffers again, and several times as dear as those of a Uint8Array.
      chunks.push(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length))
      buffered += bytes.length
    },
    header() {
      const first = returned[0]
      if (first) return readHeader(first, 0)
      const chunk = chunks[0]
      if (straddlingLength === 0 && chunk && chunk.length - offset >= headerLength)
        return readHeader(chunk, offset)
      return (straddlingLength > 0 || chunk) && gather(headerLength) ? readHeader(straddling, 0) : undefined
    },
    take(keep, from = 0) {
      const length = headerLength + header.length
      const first = returned.shift()
      const chunk = chunks[0]
      if (first) {
        buffered -= length
        return first.subarray(from)
      }
      if (straddlingLength === 0 && chunk && chunk.length - offset >= length) {
        const record = chunk.subarray(offset + from, offset + length)
        skip(chunk, length)
        buffered -= length
        return record
      }
      if (!gather(length)) return undefined
      const record = straddling.subarray(from, length)
      if (keep) straddling = new Uint8Array(0)
      straddlingLength = 0
      buffered -= length
      return record
    },
    putBack(records) {
      returned = [...records, ...returned]
      for (const record of records) buffered += record.length
    },
    buffered: () => buffered,
    clear() {
      chunks.length = 0
      returned = []
      offset = 0
      straddling = new Uint8Array(0)
      straddlingLength = 0
      buffered = 0
    },
  }
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0
}
