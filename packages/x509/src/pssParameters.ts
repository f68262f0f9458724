/** RSASSA-PSS-params (RFC 4055 §3.1): absent fields mean SHA-1, which nothing here takes. */
import type { HashName } from '@mortise/crypto'
import { isNull, readAlgorithmIdentifier } from './algorithmIdentifier.ts'
import { constructed, DerReader, readSmallInteger, Tag } from './der.ts'
import { malformed } from './X509Error.ts'

/** Parameters of RSASSA-PSS (RFC 4055 §3.1). */
export interface PssParameters {
  /** `undefined`: a hash that Mortise doesn't know, SHA-1 among them. */
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

export function readPssParameters(der: Uint8Array): PssParameters {
  const outer = new DerReader(der)
  const fields = outer.reader()
  outer.end()
  const hash = fields.optional(constructed(0))
  const mask = fields.optional(constructed(1))
  const saltLength = fields.optional(constructed(2))
  const trailer = fields.optional(constructed(3))
  fields.end()
  if (trailer)
    throw malformed('a trailerField: 1 is the default and not written out, nothing else is allowed')
  return {
    hash: hash && readHash(new DerReader(hash)),
    maskHash: mask && readMaskHash(new DerReader(mask)),
    saltLength: saltLength ? readSaltLength(new DerReader(saltLength)) : 20,
  }
}

/** RFC 4055 §2.1: parameters NULL or absent. */
function readHash(reader: DerReader): HashName | undefined {
  const { algorithm, parameters } = readAlgorithmIdentifier(reader)
  reader.end()
  if (parameters && !isNull(parameters)) throw malformed('parameters of a hash function')
  return hashes[algorithm]
}

function readMaskHash(reader: DerReader): HashName | undefined {
  const { algorithm, parameters } = readAlgorithmIdentifier(reader)
  reader.end()
  return algorithm === '1.2.840.113549.1.1.8' && parameters ? readHash(new DerReader(parameters)) : undefined
}

function readSaltLength(reader: DerReader): number {
  const length = readSmallInteger(reader.content(Tag.integer))
  reader.end()
  return length
}
