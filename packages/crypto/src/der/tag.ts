/** Identifier octets (X.690 §8.1.2); constructed forms carry their bit. */
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
