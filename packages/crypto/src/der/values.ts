/** Contents of primitive types, strictly (X.690 §8, §11). Functions that take `malformed` throw the error that it makes. */
import { inWords } from '@mortise/wire'
import { malformedDer, type Malformed } from './malformed.ts'

const maxOidLength = 64

/** An OBJECT IDENTIFIER of at most 64 bytes in dotted form. */
export function readOid(content: Uint8Array, malformed: Malformed = malformedDer): string {
  if (content.length === 0 || content.length > maxOidLength || (content.at(-1) ?? 0) >= 0x80)
    throw malformed(inWords && 'an object identifier of wrong form')
  const arcs: bigint[] = []
  let arc = 0n
  let begins = true
  for (const byte of content) {
    if (begins && byte === 0x80) throw malformed(inWords && 'an object identifier that is not minimal')
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

/** A BOOLEAN: 0 or 255 (X.690 §11.1). */
export function readBoolean(content: Uint8Array, malformed: Malformed = malformedDer): boolean {
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff))
    throw malformed(inWords && 'a boolean of wrong form')
  return content[0] === 0xff
}

/** Checks an INTEGER's content, two's complement, for its minimal form (X.690 §8.3.2), and returns it. */
export function checkInteger(content: Uint8Array, malformed: Malformed = malformedDer): Uint8Array {
  const [first = 0, second = 0] = content
  if (content.length === 0) throw malformed(inWords && 'an empty integer')
  if (content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw malformed(inWords && 'an integer that is not minimal')
  return content
}

/** The magnitude of a non-negative INTEGER: big-endian, no leading zeros, so that 0 has no bytes at all. */
export function readUnsigned(content: Uint8Array, malformed: Malformed = malformedDer): Uint8Array {
  const [first = 0] = checkInteger(content, malformed)
  if (first >= 0x80) throw malformed(inWords && 'a negative integer')
  return first === 0 ? content.subarray(1) : content
}

/** A non-negative INTEGER of at most 32 bits; larger ones answer with 2^32. */
export function readSmallInteger(content: Uint8Array, malformed: Malformed = malformedDer): number {
  const magnitude = readUnsigned(content, malformed)
  return magnitude.length > 4 ? 2 ** 32 : magnitude.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** The content of a BIT STRING. */
export interface BitString {
  readonly bytes: Uint8Array
  /** How many bits of the last byte are not part of it. */
  readonly unused: number
}

/** A BIT STRING; bits that are not part of it are zero (X.690 §11.2.1). */
export function readBitString(content: Uint8Array, malformed: Malformed = malformedDer): BitString {
  const unused = content[0] ?? 8
  const last = content.at(-1) ?? 0
  if (unused > 7 || (content.length === 1 && unused > 0))
    throw malformed(inWords && 'a bit string of wrong form')
  if (content.length > 1 && (last & ((1 << unused) - 1)) !== 0)
    throw malformed(inWords && 'a bit string with padding bits that are set')
  return { bytes: content.subarray(1), unused }
}

/** A BIT STRING of whole bytes. */
export function readBytes(content: Uint8Array, malformed: Malformed = malformedDer): Uint8Array {
  const { bytes, unused } = readBitString(content, malformed)
  if (unused !== 0) throw malformed(inWords && 'a bit string of no whole number of bytes')
  return bytes
}
