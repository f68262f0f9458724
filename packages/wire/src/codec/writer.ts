import { inWords } from '#texts'
import { CodecFailure } from './failure.ts'

/** A growing buffer. Vectors reserve their length prefix and fill it in afterwards. */
export class Writer {
  /** Where it stands, kept only to explain a failure. */
  readonly path: (string | number)[] | undefined
  #bytes = new Uint8Array(256)
  #length = 0

  constructor(path?: (string | number)[]) {
    this.path = path
  }

  /** An unsigned big-endian integer of `size` bytes, at most 6. */
  uint(size: number, value: number): void {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** size)
      throw new CodecFailure(inWords && `${value} is no uint${8 * size}`)
    this.#patch(this.reserve(size), size, value)
  }

  bytes(value: Uint8Array): void {
    const offset = this.reserve(value.length)
    this.#bytes.set(value, offset)
  }

  /** Makes room for `size` bytes, and answers where. */
  reserve(size: number): number {
    const offset = this.#length
    const length = offset + size
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.length))
      grown.set(this.#bytes.subarray(0, offset))
      this.#bytes = grown
    }
    this.#length = length
    return offset
  }

  /** Fills in the length, from `min` to `max`, of all that was written since `size` bytes were reserved at `offset`. */
  close(offset: number, size: number, min: number, max: number): void {
    const length = this.#length - offset - size
    if (length < min || length > max)
      throw new CodecFailure(inWords && `length ${length}, allowed ${min}..${max}`)
    this.#patch(offset, size, length)
  }

  /** All that was written, in an array of its own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #patch(offset: number, size: number, value: number): void {
    let rest = value
    for (let i = offset + size - 1; i >= offset; i--) {
      this.#bytes[i] = rest % 256
      rest = Math.floor(rest / 256)
    }
  }
}
