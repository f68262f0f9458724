/** Identifier octets (X.690 §8.1.2); constructed forms carry their bit. */
export const boolean = 0x01
export const integer = 0x02
export const bitString = 0x03
export const octetString = 0x04
const nullTag = 0x05
export { nullTag as null }
export const objectIdentifier = 0x06
export const enumerated = 0x0a
export const utf8String = 0x0c
export const sequence = 0x30
export const set = 0x31
export const printableString = 0x13
export const teletexString = 0x14
export const ia5String = 0x16
export const utcTime = 0x17
export const generalizedTime = 0x18
export const universalString = 0x1c
export const bmpString = 0x1e
