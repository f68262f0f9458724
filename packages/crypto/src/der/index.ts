export { malformedDer, type Malformed } from './malformed.ts'
export { type DerElement, DerReader, elementsOf, readOnly } from './reader.ts'
export { constructed, primitive, Tag } from './tag.ts'
export {
  type BitString,
  checkInteger,
  readBitString,
  readBoolean,
  readBytes,
  readOid,
  readSmallInteger,
  readUnsigned,
} from './values.ts'
export {
  writeBitString,
  writeBoolean,
  writeConstructed,
  writeElement,
  writeInteger,
  writeNull,
  writeOctetString,
  writeOid,
  writeSequence,
  writeSetOf,
  writeUnsigned,
} from './writer.ts'
