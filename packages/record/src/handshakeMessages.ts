/** Puts handshake messages together from the records that carry them, one at a time (RFC 9846 §4, §5.1). */
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

export interface HandshakeMessages {
  /** Takes the content of the next handshake record, a view that must stay intact until `next` answers `undefined`. */
  readonly push: (fragment: Uint8Array) => void
  /** The next whole message, header included: a copy. */
  readonly next: () => Uint8Array | undefined
  /** Whether bytes are left behind the last message that `next` gave. */
  readonly leftOver: () => boolean
}

const typeAndLength = 4
const leastBuffer = 1024

/** @param maxLength the longest body allowed for a message type, in bytes */
export function createHandshakeMessages(maxLength: (type: number) => number): HandshakeMessages {
  let rest: Uint8Array = new Uint8Array(0)
  let partial = new Uint8Array(0)
  let partialLength = 0

  function totalLength(bytes: Uint8Array): number {
    const [type = 0, high = 0, middle = 0, low = 0] = bytes
    const length = (high << 16) | (middle << 8) | low
    const limit = maxLength(type)
    if (length > limit)
      throw new TlsError(faults.ERR_TLS_MESSAGE_TOO_LONG, {
        detail: inWords && `type ${type}, ${length} bytes, allowed ${limit}`,
      })
    return typeAndLength + length
  }

  /** Collects a message that spans records. The buffer follows what has arrived, not what was announced. */
  function gather(length: number): boolean {
    const part = rest.subarray(0, length - partialLength)
    const needed = partialLength + part.length
    if (partial.length < needed) {
      const larger = new Uint8Array(Math.min(Math.max(2 * needed, leastBuffer), Math.max(length, needed)))
      larger.set(partial.subarray(0, partialLength))
      partial = larger
    }
    partial.set(part, partialLength)
    partialLength = needed
    rest = rest.subarray(part.length)
    return partialLength >= length
  }

  return {
    push(fragment) {
      rest = fragment
    },
    next() {
      if (partialLength === 0 && rest.length >= typeAndLength) {
        const length = totalLength(rest)
        if (rest.length >= length) {
          const message = new Uint8Array(rest.subarray(0, length)) // not slice: a Buffer's shares its memory
          rest = rest.subarray(length)
          return message
        }
      }
      if (rest.length === 0) return undefined
      if (partialLength < typeAndLength && !gather(typeAndLength)) return undefined
      const length = totalLength(partial)
      if (!gather(length)) return undefined
      const message = partial.length === length ? partial : partial.slice(0, length)
      partial = new Uint8Array(0)
      partialLength = 0
      return message
    },
    leftOver: () => rest.length > 0 || partialLength > 0,
  }
}
