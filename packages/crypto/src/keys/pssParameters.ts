/** RSASSA-PSS-params (RFC 4055 §3.1): absent fields mean SHA-1, which nothing here takes. */
import { inWords } from '@mortise/wire'
import { constructed, DerReader, readSmallInteger, Tag } from '../der/index.ts'
import type { Malformed } from '../der/index.ts'
import type { HashName } from '../hash.ts'

/** What a key of id-RSASSA-PSS restricts its signatures to, or what a signature was made with. */
export interface PssParameters {
  /** `undefined`: a hash that isn't one of ours, SHA-1 among them. */
  readonly hash: HashName | undefined
  /** Of the mask generation function MGF1; `undefined` likewise, also for another function. */
  readonly maskHash: HashName | undefined
  /** In bytes. For a key: the least that its signatures may have. */
  readonly saltLength: number
}

const hashes: Readonly<Record<string, HashName>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/**
 * Parameters of RSASSA-PSS (RFC 4055 §3.1).
 * @param der of RSASSA-PSS-params
 */
export function readPssParameters(der: Uint8Array, malformed?: Malformed): PssParameters {
  const outer = new DerReader(der, malformed)
  const fields = outer.reader()
  outer.end()
  const [hash, mask, saltLength, trailer] = [0, 1, 2, 3].map((number) => {
    const content = fields.optional(constructed(number))
    return content && new DerReader(content, fields.malformed)
  })
  fields.end()
  if (trailer)
    throw fields.malformed(
      inWords && 'a trailerField: 1 is the default and not written out, nothing else is allowed',
    )
  return {
    hash: hash && readHash(hash),
    maskHash: mask && readMaskHash(mask),
    saltLength: saltLength ? readSaltLength(saltLength) : 20,
  }
}

/** RFC 4055 §2.1: parameters are NULL or absent. */
function readHash(reader: DerReader): HashName | undefined {
  const algorithm = reader.reader()
  reader.end()
  const oid = algorithm.oid()
  if (algorithm.optional(Tag.null)?.length) throw reader.malformed(inWords && 'a NULL that is not empty')
  algorithm.end()
  return hashes[oid]
}

function readMaskHash(reader: DerReader): HashName | undefined {
  const algorithm = reader.reader()
  reader.end()
  if (algorithm.oid() === '1.2.840.113549.1.1.8') return readHash(algorithm)
  return undefined
}

function readSaltLength(reader: DerReader): number {
  const length = readSmallInteger(reader.content(Tag.integer), reader.malformed)
  reader.end()
  return length
}
