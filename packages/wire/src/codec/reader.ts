import { inWords } from '#texts'
import { CodecFailure } from './failure.ts'
import type { Observer } from './observer.ts'

/** Where a decoder stands in its input. `end` is narrowed while the inside of a vector is read. */
export class Reader {
  readonly bytes: Uint8Array
  readonly observer: Observer | undefined
  offset = 0
  end: number

  constructor(bytes: Uint8Array, observer?: Observer) {
    // A subclass (Buffer) would give its own kind of views
    this.bytes =
      bytes.constructor === Uint8Array
        ? bytes
        : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.observer = observer
    this.end = bytes.length
  }

  get remaining(): number {
    return this.end - this.offset
  }

  /** An unsigned big-endian integer of `size` bytes, at most 6. */
  uint(size: number): number {
    this.#need(size)
    let value = 0
    for (let i = 0; i < size; i++) value = value * 256 + (this.bytes[this.offset++] ?? 0)
    return value
  }

  /** A view of the next `length` bytes. */
  view(length: number): Uint8Array {
    this.#need(length)
    const start = this.offset
    this.offset = start + length
    return this.bytes.subarray(start, this.offset)
  }

  /** Reads a length of `size` bytes; the length is that many bytes, from `min` to `max`, and they are there. */
  length(size: number, min: number, max: number): number {
    const start = this.offset
    const length = this.uint(size)
    this.observer?.part('length', start, size, length)
    if (length < min || length > max)
      throw new CodecFailure(inWords && `length ${length}, allowed ${min}..${max}`)
    this.#need(length)
    return length
  }

  /** @throws CodecFailure if bytes are left over */
  finish(): void {
    if (this.offset !== this.end) throw new CodecFailure(inWords && `${count(this.remaining)} left over`)
  }

  #need(length: number): void {
    if (length > this.end - this.offset)
      throw new CodecFailure(inWords && `${count(length)} needed, ${this.end - this.offset} there`)
  }
}

function count(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`
}
