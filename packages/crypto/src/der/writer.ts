/** Writes DER (X.690 §10). Each function returns a whole element, so that they nest as the types do. */
import { Tag } from './tag.ts'

/** An element of any tag: its content is `parts`, one behind the other. */
export function writeElement(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const header = [tag, ...lengthBytes(length)]
  const element = new Uint8Array(header.length + length)
  element.set(header)
  let at = header.length
  for (const part of parts) {
    element.set(part, at)
    at += part.length
  }
  return element
}

/** SEQUENCE, or SEQUENCE OF. */
export function writeSequence(...elements: readonly Uint8Array[]): Uint8Array {
  return writeElement(Tag.sequence, ...elements)
}

/** SET OF, in ascending order of the encodings (X.690 §11.6). */
export function writeSetOf(...elements: readonly Uint8Array[]): Uint8Array {
  return writeElement(Tag.set, ...elements.toSorted(compareBytes))
}

/** [n] EXPLICIT, or [n] IMPLICIT of a constructed type; n is 0 to 30. */
export function writeConstructed(number: number, ...elements: readonly Uint8Array[]): Uint8Array {
  return writeElement(0xa0 | number, ...elements)
}

/** BOOLEAN. */
export function writeBoolean(value: boolean): Uint8Array {
  return writeElement(Tag.boolean, Uint8Array.of(value ? 0xff : 0))
}

/** INTEGER, in as few bytes as it takes. */
export function writeInteger(value: bigint | number): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt(value)
  do {
    bytes.unshift(Number(BigInt.asUintN(8, rest)))
    rest >>= 8n
  } while (!isSignOf(rest, bytes[0] ?? 0))
  return writeElement(Tag.integer, Uint8Array.from(bytes))
}

/** What is left is the sign alone, and the byte in front already shows it. */
function isSignOf(rest: bigint, first: number): boolean {
  return (rest === 0n && first < 0x80) || (rest === -1n && first >= 0x80)
}

/** INTEGER of a magnitude: big-endian, leading zeros or not. */
export function writeUnsigned(magnitude: Uint8Array): Uint8Array {
  const start = magnitude.findIndex((byte) => byte !== 0)
  const digits = start < 0 ? new Uint8Array(1) : magnitude.subarray(start)
  return (digits[0] ?? 0) >= 0x80
    ? writeElement(Tag.integer, new Uint8Array(1), digits)
    : writeElement(Tag.integer, digits)
}

/** BIT STRING of whole bytes, or with `unused` bits at the end that are not part of it and must be zero. */
export function writeBitString(bytes: Uint8Array, unused: number = 0): Uint8Array {
  return writeElement(Tag.bitString, Uint8Array.of(unused), bytes)
}

/** OCTET STRING. */
export function writeOctetString(...parts: readonly Uint8Array[]): Uint8Array {
  return writeElement(Tag.octetString, ...parts)
}

/** NULL. */
export function writeNull(): Uint8Array {
  return Uint8Array.of(Tag.null, 0)
}

/**
 * OBJECT IDENTIFIER.
 * @param dotted say `1.2.840.10045.2.1`
 * @throws RangeError for what is none
 */
export function writeOid(dotted: string): Uint8Array {
  if (!/^(?:[01]\.[1-3]?\d|2\.(?:0|[1-9]\d*))(?:\.(?:0|[1-9]\d*))*$/.test(dotted))
    throw new RangeError(`not an object identifier: ${dotted}`)
  const [root = 0n, second = 0n, ...arcs] = dotted.split('.').map(BigInt)
  return writeElement(Tag.objectIdentifier, Uint8Array.from([root * 40n + second, ...arcs].flatMap(base128)))
}

/** Seven bits a byte; all but the last one have their highest bit set. */
function base128(arc: bigint): readonly number[] {
  const bytes = [Number(arc & 0x7fn)]
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) bytes.unshift(0x80 | Number(rest & 0x7fn))
  return bytes
}

function lengthBytes(length: number): readonly number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 | bytes.length, ...bytes]
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1)
}
