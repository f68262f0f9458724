/** Certificate revocation lists (RFC 5280 §5.1). */
import { equalBytes, hex, inWords } from '@mortise/wire'
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../algorithmIdentifier.ts'
import { readExtensionList, type Extension } from '../certificate.ts'
import { checkInteger, constructed, DerReader, readBytes, readSmallInteger, Tag } from '../der.ts'
import { readName, type Name } from '../name.ts'
import { readTime } from '../time.ts'
import { malformed, parsing } from '../X509Error.ts'

export interface RevocationList {
  /** DER of the TBSCertList: what is signed. */
  readonly tbs: Uint8Array
  readonly issuer: Name
  /** Milliseconds since 1970. */
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  /** When each was revoked, in milliseconds since 1970, by its serial number: content of the INTEGER in hexadecimal. */
  readonly revoked: ReadonlyMap<string, number>
  /** A critical extension of an entry. */
  readonly criticalInEntry: string | undefined
  readonly extensions: ReadonlyMap<string, Extension>
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

/** @throws X509Error `ERR_X509_MALFORMED` */
export function parseRevocationList(der: Uint8Array): RevocationList {
  return parsing('revocation list', () => {
    const outer = new DerReader(der.slice())
    const fields = outer.reader()
    outer.end()
    const { content, encoded: tbs } = fields.element(Tag.sequence)
    const signatureAlgorithm = readAlgorithmIdentifier(fields)
    const signature = readBytes(fields.content(Tag.bitString))
    fields.end()
    return { tbs, ...readTbs(new DerReader(content), signatureAlgorithm), signatureAlgorithm, signature }
  })
}

function readTbs(
  fields: DerReader,
  outerAlgorithm: AlgorithmIdentifier,
): Omit<RevocationList, 'tbs' | 'signatureAlgorithm' | 'signature'> {
  const version = fields.optional(Tag.integer)
  if (!version || readSmallInteger(version) !== 1) throw malformed(inWords && 'a version other than 2')
  // RFC 5280 §5.1.1.2
  if (!equalBytes(readAlgorithmIdentifier(fields).der, outerAlgorithm.der))
    throw malformed(inWords && 'two different signature algorithms')
  const issuer = readName(fields)
  const thisUpdate = readTime(fields)
  const hasNext = fields.tag === Tag.utcTime || fields.tag === Tag.generalizedTime
  const nextUpdate = hasNext ? readTime(fields) : undefined
  const entries = fields.optional(Tag.sequence)
  const explicit = fields.optional(constructed(0))
  fields.end()
  return {
    issuer,
    thisUpdate,
    nextUpdate,
    ...readEntries(new DerReader(entries ?? nothing)),
    extensions: explicit ? readExplicitExtensions(new DerReader(explicit)) : new Map(),
  }
}

const nothing = new Uint8Array(0)

function readEntries(reader: DerReader): Pick<RevocationList, 'revoked' | 'criticalInEntry'> {
  const revoked = new Map<string, number>()
  let criticalInEntry: string | undefined
  while (!reader.atEnd) {
    const fields = reader.reader()
    const serialNumber = checkInteger(fields.content(Tag.integer))
    revoked.set(hex(serialNumber), readTime(fields))
    if (fields.atEnd) continue
    const extensions = readExtensionList(fields.reader())
    fields.end()
    criticalInEntry ??= [...extensions.values()].find(({ critical }) => critical)?.type
  }
  return { revoked, criticalInEntry }
}

function readExplicitExtensions(explicit: DerReader): ReadonlyMap<string, Extension> {
  const extensions = readExtensionList(explicit.reader())
  explicit.end()
  return extensions
}
