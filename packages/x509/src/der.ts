/** DER, strictly (X.690 §10). */
import { malformed } from './X509Error.ts'

export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
} as const

/** A context-specific tag of a primitive type: [n] IMPLICIT. */
export const primitive = (number: number): number => 0x80 | number
/** A context-specific tag of a constructed type: [n] EXPLICIT, or [n] IMPLICIT SEQUENCE. */
export const constructed = (number: number): number => 0xa0 | number

export interface Element {
  readonly tag: number
  readonly content: Uint8Array
  /** Tag, length and content. */
  readonly encoded: Uint8Array
}

/** Reads the elements of one constructed value, one behind the other. */
export class DerReader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get atEnd(): boolean {
    return this.#offset === this.#bytes.length
  }

  /** The tag of the next element, `undefined` at the end. */
  get tag(): number | undefined {
    return this.#bytes[this.#offset]
  }

  any(): Element {
    const start = this.#offset
    const tag = this.#byte()
    if ((tag & 0x1f) === 0x1f) throw malformed('a tag number above 30')
    const length = this.#length()
    const from = this.#offset
    if (length > this.#bytes.length - from) throw malformed('an element longer than what holds it')
    this.#offset = from + length
    return {
      tag,
      content: this.#bytes.subarray(from, this.#offset),
      encoded: this.#bytes.subarray(start, this.#offset),
    }
  }

  element(tag: number): Element {
    if (this.tag !== tag) throw malformed(`tag ${hexTag(this.tag)} in place of ${hexTag(tag)}`)
    return this.any()
  }

  content(tag: number): Uint8Array {
    return this.element(tag).content
  }

  /** The content of the next element if it has this tag. */
  optional(tag: number): Uint8Array | undefined {
    return this.tag === tag ? this.any().content : undefined
  }

  reader(tag: number = Tag.sequence): DerReader {
    return new DerReader(this.content(tag))
  }

  oid(): string {
    return readOid(this.content(Tag.objectIdentifier))
  }

  end(): void {
    if (!this.atEnd) throw malformed('bytes left over')
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset++]
    if (byte === undefined) throw malformed('ends too early')
    return byte
  }

  #length(): number {
    const first = this.#byte()
    if (first < 0x80) return first
    const count = first & 0x7f
    if (count === 0) throw malformed('indefinite length')
    if (count > 4) throw malformed('a length of more than 4 bytes')
    let length = 0
    for (let i = 0; i < count; i++) length = length * 256 + this.#byte()
    if (length < 0x80 || length < 256 ** (count - 1)) throw malformed('a length that is not minimal')
    return length
  }
}

const hexTag = (tag: number | undefined): string =>
  tag === undefined ? 'nothing' : `0x${tag.toString(16).padStart(2, '0')}`

/** The one element that `bytes` consist of. */
export function readOnly(bytes: Uint8Array, tag: number): Uint8Array {
  const reader = new DerReader(bytes)
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

const maxOidLength = 64

export function readOid(content: Uint8Array): string {
  if (content.length === 0 || content.length > maxOidLength || (content.at(-1) ?? 0) >= 0x80)
    throw malformed('an object identifier of wrong form')
  const arcs: bigint[] = []
  let arc = 0n
  let begins = true
  for (const byte of content) {
    if (begins && byte === 0x80) throw malformed('an object identifier that is not minimal')
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    begins = byte < 0x80
    if (!begins) continue
    if (arcs.length === 0) {
      const root = arc < 80n ? arc / 40n : 2n
      arcs.push(root, arc - root * 40n)
    } else arcs.push(arc)
    arc = 0n
  }
  return arcs.join('.')
}

export function readBoolean(content: Uint8Array): boolean {
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff))
    throw malformed('a boolean of wrong form')
  return content[0] === 0xff
}

/** BOOLEAN DEFAULT FALSE: DER never writes the default (X.690 §11.5). */
export function readOptionalTrue(reader: DerReader): boolean {
  const content = reader.optional(Tag.boolean)
  if (content === undefined) return false
  if (!readBoolean(content)) throw malformed('a default value that is written out')
  return true
}

/** Checks an INTEGER's content, two's complement, for its minimal form. */
export function checkInteger(content: Uint8Array): Uint8Array {
  const [first = 0, second = 0] = content
  if (content.length === 0) throw malformed('an empty integer')
  if (content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw malformed('an integer that is not minimal')
  return content
}

/** A non-negative INTEGER of at most 32 bits; larger ones answer with 2^32. */
export function readSmallInteger(content: Uint8Array): number {
  checkInteger(content)
  if ((content[0] ?? 0) >= 0x80) throw malformed('a negative integer')
  if (content.length > 5) return 2 ** 32
  return Math.min(
    content.reduce((sum, byte) => sum * 256 + byte, 0),
    2 ** 32,
  )
}

export interface BitString {
  readonly bytes: Uint8Array
  /** How many bits of the last byte are not part of it. */
  readonly unused: number
}

export function readBitString(content: Uint8Array): BitString {
  const unused = content[0] ?? 8
  const last = content.at(-1) ?? 0
  if (unused > 7 || (content.length === 1 && unused > 0)) throw malformed('a bit string of wrong form')
  if (content.length > 1 && (last & ((1 << unused) - 1)) !== 0)
    throw malformed('a bit string with padding bits that are set')
  return { bytes: content.subarray(1), unused }
}

/** A BIT STRING of whole bytes. */
export function readBytes(content: Uint8Array): Uint8Array {
  const { bytes, unused } = readBitString(content)
  if (unused !== 0) throw malformed('a bit string of no whole number of bytes')
  return bytes
}
