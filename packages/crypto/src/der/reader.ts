/**
 * Reads DER, strictly (X.690 §10.1): minimal definite lengths, tag numbers up to 30, nothing left over. It reads
 * one level at a time and never calls itself, so how deep it goes is up to who knows the format.
 */
import { inWords } from '@mortise/wire'
import { malformedDer, type Malformed } from './malformed.ts'
import { Tag } from './tag.ts'
import { readOid } from './values.ts'

/** One element; its parts are views of what was read. */
export interface DerElement {
  readonly tag: number
  readonly content: Uint8Array
  /** Tag, length and content. */
  readonly encoded: Uint8Array
}

/** Reads the elements of one constructed value, one behind the other. What doesn't fit throws the error of `malformed`. */
export class DerReader {
  /** Makes the error; readers of what is inside share it. */
  readonly malformed: Malformed
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array, malformed: Malformed = malformedDer) {
    this.#bytes = bytes
    this.malformed = malformed
  }

  get atEnd(): boolean {
    return this.#offset === this.#bytes.length
  }

  /** The tag of the next element, `undefined` at the end. */
  get tag(): number | undefined {
    return this.#bytes[this.#offset]
  }

  /** The next element, whatever it is. */
  any(): DerElement {
    const start = this.#offset
    const tag = this.#byte()
    if ((tag & 0x1f) === 0x1f) throw this.malformed(inWords && 'a tag number above 30')
    const length = this.#length()
    const from = this.#offset
    if (length > this.#bytes.length - from)
      throw this.malformed(inWords && 'an element longer than what holds it')
    this.#offset = from + length
    return {
      tag,
      content: this.#bytes.subarray(from, this.#offset),
      encoded: this.#bytes.subarray(start, this.#offset),
    }
  }

  /** The next element, which must have this tag. */
  element(tag: number): DerElement {
    if (this.tag !== tag)
      throw this.malformed(inWords && `tag ${hexTag(this.tag)} in place of ${hexTag(tag)}`)
    return this.any()
  }

  /** The content of the next element, which must have this tag. */
  content(tag: number): Uint8Array {
    return this.element(tag).content
  }

  /** The content of the next element if it has this tag. */
  optional(tag: number): Uint8Array | undefined {
    return this.tag === tag ? this.any().content : undefined
  }

  /** A reader of what is inside the next element, which must have this tag. */
  reader(tag: number = Tag.sequence): DerReader {
    return new DerReader(this.content(tag), this.malformed)
  }

  /** The next element, an OBJECT IDENTIFIER, in dotted form. */
  oid(): string {
    return readOid(this.content(Tag.objectIdentifier), this.malformed)
  }

  /** Throws unless all was read. */
  end(): void {
    if (!this.atEnd) throw this.malformed(inWords && 'bytes left over')
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset++]
    if (byte === undefined) throw this.malformed(inWords && 'ends too early')
    return byte
  }

  #length(): number {
    const first = this.#byte()
    if (first < 0x80) return first
    const count = first & 0x7f
    if (count === 0) throw this.malformed(inWords && 'indefinite length')
    if (count > 4) throw this.malformed(inWords && 'a length of more than 4 bytes')
    let length = 0
    for (let i = 0; i < count; i++) length = length * 256 + this.#byte()
    if (length < 0x80 || length < 256 ** (count - 1))
      throw this.malformed(inWords && 'a length that is not minimal')
    return length
  }
}

const hexTag = (tag: number | undefined): string =>
  tag === undefined ? 'nothing' : `0x${tag.toString(16).padStart(2, '0')}`

/** The content of the one element that `bytes` consist of. */
export function readOnly(bytes: Uint8Array, tag: number, malformed?: Malformed): Uint8Array {
  const reader = new DerReader(bytes, malformed)
  const content = reader.content(tag)
  reader.end()
  return content
}

/** All elements of a constructed value's content. */
export function elementsOf<T>(reader: DerReader, read: (reader: DerReader) => T): readonly T[] {
  const items: T[] = []
  while (!reader.atEnd) items.push(read(reader))
  return items
}
