/** Distinguished names (RFC 5280 §4.1.2.4) and their comparison (§7.1). */
import { inWords } from '@mortise/wire'
import { DerReader, elementsOf, Tag } from './der.ts'
import { malformed } from './X509Error.ts'

/** A distinguished name (RFC 5280 §4.1.2.4). */
export interface Name {
  /** DER of the RDNSequence; a view of the certificate. */
  readonly der: Uint8Array
  /** Of each relative name, a key that is equal for names that RFC 5280 §7.1 holds equal. */
  readonly relativeNames: readonly string[]
  readonly attributes: readonly NameAttribute[]
  /** For comparison by `===`. */
  readonly key: string
  /** For people: `CN=Example, O=Example Ltd`. Never to be parsed. */
  readonly text: string
}

/** An attribute of a distinguished name. */
export interface NameAttribute {
  /** Dotted object identifier: `2.5.4.3` for commonName. */
  readonly type: string
  /** `undefined` if the value is no string, or not one of its kind. */
  readonly value: string | undefined
}

const labels: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
}

/** The next element as a Name. */
export function readName(reader: DerReader): Name {
  const { content, encoded } = reader.element(Tag.sequence)
  const attributes: NameAttribute[] = []
  const relativeNames = elementsOf(new DerReader(content), (rdns) => {
    const set = elementsOf(rdns.reader(Tag.set), readAttribute)
    if (set.length === 0) throw malformed(inWords && 'an empty relative distinguished name')
    for (const attribute of set) attributes.push(attribute)
    return set
      .map(({ key }) => key)
      .toSorted()
      .join('+')
  })
  let text: string | undefined
  return {
    der: encoded,
    relativeNames,
    attributes,
    key: relativeNames.join(','),
    get text() {
      return (text ??= format(attributes))
    },
  }
}

function readAttribute(reader: DerReader): NameAttribute & { readonly key: string } {
  const attribute = reader.reader()
  const type = attribute.oid()
  const { tag, content, encoded } = attribute.any()
  attribute.end()
  const value = readString(tag, content)
  return { type, value, key: JSON.stringify([type, value === undefined ? [...encoded] : fold(value)]) }
}

/** Case, width and white space don't matter (RFC 5280 §7.1, after RFC 4518). */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ')

function readString(tag: number, content: Uint8Array): string | undefined {
  switch (tag) {
    case Tag.utf8String:
      return readUtf8(content)
    case Tag.printableString:
    case Tag.ia5String:
    case Tag.teletexString:
      return readUnits(content, 1)
    case Tag.bmpString:
      return readUnits(content, 2)
    case Tag.universalString:
      return readUnits(content, 4)
    default:
      return undefined
  }
}

function readUtf8(content: Uint8Array): string | undefined {
  let escaped = ''
  for (const byte of content) escaped += `%${byte.toString(16).padStart(2, '0')}`
  try {
    return decodeURIComponent(escaped)
  } catch {
    return undefined
  }
}

function readUnits(content: Uint8Array, size: number): string | undefined {
  if (content.length % size !== 0) return undefined
  let text = ''
  for (let at = 0; at < content.length; at += size) {
    const unit = content.subarray(at, at + size).reduce((sum, byte) => sum * 256 + byte, 0)
    if (unit > 0x10ffff) return undefined
    text += String.fromCodePoint(unit)
  }
  return text
}

const maxText = 200

/** A peer chose it: no control characters reach a log. */
function format(attributes: readonly NameAttribute[]): string {
  const text = attributes
    .map(({ type, value }) => `${labels[type] ?? type}=${value ?? '(binary)'}`)
    .join(', ')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{fffd}')
  if (text === '') return '(empty)'
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text
}
