/** ECDSA-Sig-Value written in ways that DER forbids, or with numbers out of range. */
import { concat } from '@mortise/wire'

export interface Malformed {
  readonly what: string
  readonly bytes: Uint8Array
}

const INTEGER = 0x02
const SEQUENCE = 0x30
const zero = Uint8Array.of(0)

/** @param good a signature of fewer than 256 bytes */
export function malformedEcdsaSignatures(good: Uint8Array): readonly Malformed[] {
  const [r, s] = numbersOf(good)
  const both = concat(tlv(INTEGER, r), tlv(INTEGER, s))
  const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tlv(SEQUENCE, concat(...parts))
  const int = (content: Uint8Array): Uint8Array => tlv(INTEGER, content)
  return [
    { what: 'r with a needless leading zero', bytes: sequence(int(concat(zero, r)), int(s)) },
    { what: 's with a needless leading zero', bytes: sequence(int(r), int(concat(zero, s))) },
    { what: 'a negative r', bytes: sequence(int(negative(r)), int(s)) },
    { what: 'a negative s', bytes: sequence(int(r), int(negative(s))) },
    { what: 'r = 0', bytes: sequence(int(zero), int(s)) },
    { what: 's = 0', bytes: sequence(int(r), int(zero)) },
    { what: 'r = s = 0', bytes: sequence(int(zero), int(zero)) },
    { what: 'an empty r', bytes: sequence(int(new Uint8Array(0)), int(s)) },
    { what: 'an empty s', bytes: sequence(int(r), int(new Uint8Array(0))) },
    { what: 'r far too long', bytes: sequence(int(concat(Uint8Array.of(1), new Uint8Array(20), r)), int(s)) },
    { what: 'trailing bytes behind the sequence', bytes: concat(good, zero) },
    { what: 'trailing bytes inside the sequence', bytes: sequence(both, zero) },
    { what: 'a third integer', bytes: sequence(both, int(Uint8Array.of(1))) },
    { what: 'one integer only', bytes: sequence(int(r)) },
    { what: 'an empty sequence', bytes: sequence() },
    { what: 'a sequence in a sequence', bytes: tlv(SEQUENCE, good) },
    { what: 'a set in place of the sequence', bytes: tlv(0x31, both) },
    { what: 'an octet string in place of r', bytes: sequence(tlv(0x04, r), int(s)) },
    { what: 'a length in more bytes than needed', bytes: longLength(SEQUENCE, both) },
    { what: "r's length in more bytes than needed", bytes: sequence(longLength(INTEGER, r), int(s)) },
    { what: 'the indefinite form', bytes: concat(Uint8Array.of(SEQUENCE, 0x80), both, zero, zero) },
    { what: 'a length of one byte too few', bytes: changedLength(good, -1) },
    { what: 'a length of one byte too many', bytes: changedLength(good, 1) },
    { what: 'r and s without DER (IEEE P1363)', bytes: concat(magnitude(r), magnitude(s)) },
  ]
}

/** The contents of the two INTEGERs. */
function numbersOf(signature: Uint8Array): readonly [r: Uint8Array, s: Uint8Array] {
  const start = signature[1] === 0x81 ? 3 : 2
  const rLength = signature[start + 1] ?? 0
  const r = signature.slice(start + 2, start + 2 + rLength)
  return [r, signature.slice(start + 4 + rLength)]
}

function magnitude(content: Uint8Array): Uint8Array {
  return content[0] === 0 ? content.slice(1) : content
}

/** Without the zero that keeps it positive, or with its highest bit set. */
function negative(content: Uint8Array): Uint8Array {
  if (content[0] === 0) return content.slice(1)
  return content.map((byte, i) => (i === 0 ? byte | 0x80 : byte))
}

function tlv(tag: number, content: Uint8Array): Uint8Array {
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length]
  return concat(Uint8Array.of(tag, ...length), content)
}

function longLength(tag: number, content: Uint8Array): Uint8Array {
  const length = content.length < 0x80 ? [0x81, content.length] : [0x82, 0, content.length]
  return concat(Uint8Array.of(tag, ...length), content)
}

function changedLength(signature: Uint8Array, by: number): Uint8Array {
  const at = signature[1] === 0x81 ? 2 : 1
  return signature.map((byte, i) => (i === at ? byte + by : byte))
}
