/** SubjectPublicKeyInfos that are not what an algorithm needs. */
import type { SignatureKeyType } from '@mortise/crypto'
import { concat } from '@mortise/wire'
import type { Malformed } from './ecdsaSignatures.ts'

/** @param spki a good one of that type */
export function malformedPublicKeys(key: SignatureKeyType, spki: Uint8Array): readonly Malformed[] {
  const last = spki.length - 1
  return [
    { what: 'no bytes at all', bytes: new Uint8Array(0) },
    { what: 'one zero', bytes: Uint8Array.of(0) },
    { what: 'zeros', bytes: new Uint8Array(spki.length) },
    { what: 'the last byte missing', bytes: spki.slice(0, -1) },
    { what: 'the first byte missing', bytes: spki.slice(1) },
    { what: 'only the header', bytes: spki.slice(0, 4) },
    { what: 'a byte behind', bytes: concat(spki, Uint8Array.of(0)) },
    { what: 'a set in place of the sequence', bytes: replaced(spki, 0, 0x31) },
    { what: 'an unknown algorithm', bytes: unknownAlgorithm(spki) },
    ...(key.type === 'ec'
      ? [{ what: 'a point off the curve', bytes: replaced(spki, last, (spki[last] ?? 0) ^ 1) }]
      : []),
  ]
}

/** The last byte of the first OBJECT IDENTIFIER, 0x7f: no such arc is assigned. */
function unknownAlgorithm(spki: Uint8Array): Uint8Array {
  const oid = spki.indexOf(0x06)
  return replaced(spki, oid + 1 + (spki[oid + 1] ?? 0), 0x7f)
}

function replaced(bytes: Uint8Array, at: number, value: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? value : byte))
}
