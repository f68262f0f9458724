/** The DER of `@mortise/crypto/der`, with the error of this package. */
import * as der from '@mortise/crypto/der'
import { inWords } from '@mortise/wire'
import { malformed } from './X509Error.ts'

export { constructed, elementsOf, primitive, Tag } from '@mortise/crypto/der'

/** Reads the elements of one constructed value, one behind the other. */
export class DerReader extends der.DerReader {
  constructor(bytes: Uint8Array) {
    super(bytes, malformed)
  }
}

export const readBoolean = (content: Uint8Array): boolean => der.readBoolean(content, malformed)

/** BOOLEAN DEFAULT FALSE: DER never writes the default (X.690 §11.5). */
export function readOptionalTrue(reader: der.DerReader): boolean {
  const content = reader.optional(der.Tag.boolean)
  if (content === undefined) return false
  if (!readBoolean(content)) throw malformed(inWords && 'a default value that is written out')
  return true
}

/** Checks an INTEGER's content, two's complement, for its minimal form. */
export const checkInteger = (content: Uint8Array): Uint8Array => der.checkInteger(content, malformed)

/** A non-negative INTEGER of at most 32 bits; larger ones answer with 2^32. */
export const readSmallInteger = (content: Uint8Array): number => der.readSmallInteger(content, malformed)

export const readBitString = (content: Uint8Array): der.BitString => der.readBitString(content, malformed)

/** A BIT STRING of whole bytes. */
export const readBytes = (content: Uint8Array): Uint8Array => der.readBytes(content, malformed)
