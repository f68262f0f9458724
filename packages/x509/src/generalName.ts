/** GeneralName (RFC 5280 §4.2.1.6). */
import { inWords } from '@mortise/wire'
import { constructed, DerReader, elementsOf, primitive } from './der.ts'
import { readName, type Name } from './name.ts'
import { malformed } from './X509Error.ts'

export type GeneralName =
  | { readonly kind: 'dns' | 'email' | 'uri'; readonly value: string }
  /** 4 or 16 bytes; with its mask, in name constraints, 8 or 32. */
  | { readonly kind: 'ip'; readonly value: Uint8Array }
  | { readonly kind: 'directory'; readonly value: Name }
  /** Kinds that Mortise doesn't look into. */
  | { readonly kind: 'other' | 'x400' | 'ediParty' | 'registeredId'; readonly value: Uint8Array }

export function readGeneralName(reader: DerReader): GeneralName {
  const { tag, content } = reader.any()
  switch (tag) {
    case constructed(0):
      return { kind: 'other', value: content }
    case primitive(1):
      return { kind: 'email', value: readIa5(content) }
    case primitive(2):
      return { kind: 'dns', value: readIa5(content) }
    case constructed(3):
      return { kind: 'x400', value: content }
    case constructed(4):
      return { kind: 'directory', value: readDirectoryName(content) }
    case constructed(5):
      return { kind: 'ediParty', value: content }
    case primitive(6):
      return { kind: 'uri', value: readIa5(content) }
    case primitive(7):
      return { kind: 'ip', value: content }
    case primitive(8):
      return { kind: 'registeredId', value: content }
    default:
      throw malformed(inWords && 'a general name of unknown kind')
  }
}

/** SEQUENCE SIZE (1..MAX) OF GeneralName */
export function readGeneralNames(reader: DerReader): readonly GeneralName[] {
  const names = elementsOf(reader, readGeneralName)
  if (names.length === 0) throw malformed(inWords && 'no name at all')
  return names
}

/** Name is a CHOICE, so its tag is explicit (X.680 §31.2.7). */
function readDirectoryName(content: Uint8Array): Name {
  const reader = new DerReader(content)
  const name = readName(reader)
  reader.end()
  return name
}

function readIa5(content: Uint8Array): string {
  let text = ''
  for (const byte of content) {
    if (byte >= 0x80) throw malformed(inWords && 'an IA5String with characters that are not ASCII')
    text += String.fromCharCode(byte)
  }
  return text
}
