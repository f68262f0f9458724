/** OCSP responses (RFC 6960 §4.2.1). */
import { inWords } from '@mortise/wire'
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from '../algorithmIdentifier.ts'
import { parseCertificate, readExtensionList, type Certificate, type Extension } from '../certificate.ts'
import { checkInteger, constructed, DerReader, elementsOf, primitive, readBytes, Tag } from '../der.ts'
import { readName, type Name } from '../name.ts'
import { readGeneralizedTime } from '../time.ts'
import { malformed, parsing } from '../X509Error.ts'

export interface OcspResponse {
  /** DER of the ResponseData: what is signed. */
  readonly tbs: Uint8Array
  readonly responder: Responder
  /** Milliseconds since 1970. */
  readonly producedAt: number
  readonly responses: readonly SingleResponse[]
  readonly extensions: ReadonlyMap<string, Extension>
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  /** What the responder sent along to show that it may sign. */
  readonly certificates: readonly Certificate[]
}

export type Responder =
  | { readonly by: 'name'; readonly name: Name }
  /** SHA-1 of the key. */
  | { readonly by: 'key'; readonly keyHash: Uint8Array }

export interface SingleResponse {
  readonly certificate: CertificateId
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Of revoked ones, in milliseconds since 1970. */
  readonly revokedAt: number | undefined
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  readonly extensions: ReadonlyMap<string, Extension>
}

/** RFC 6960 §4.1.1 */
export interface CertificateId {
  readonly hashAlgorithm: AlgorithmIdentifier
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  readonly serialNumber: Uint8Array
}

/** OCSPResponseStatus. */
const statuses: readonly string[] = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  '4',
  'sigRequired',
  'unauthorized',
]
const basicResponse = '1.3.6.1.5.5.7.48.1.1'
/** Bytes; responses have some thousand. */
const maxSize = 65_536
/** Nobody needs more to show who signed. */
const maxCertificates = 8

/** @throws X509Error `ERR_X509_MALFORMED` */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  return parsing('OCSP response', () => {
    if (der.length > maxSize) throw malformed(inWords && `${der.length} bytes, allowed ${maxSize}`)
    const outer = new DerReader(der)
    const fields = outer.reader()
    outer.end()
    const status = fields.content(Tag.enumerated)
    if (status.length !== 1 || status[0] !== 0)
      throw malformed(
        inWords && `no answer, but the status ${statuses[status[0] ?? 99] ?? 'of unknown meaning'}`,
      )
    const explicit = new DerReader(fields.content(constructed(0)))
    fields.end()
    const bytes = explicit.reader()
    explicit.end()
    const type = bytes.oid()
    const response = bytes.content(Tag.octetString)
    bytes.end()
    if (type !== basicResponse) throw malformed(inWords && `a response of type ${type}`)
    return readBasicResponse(response)
  })
}

function readBasicResponse(der: Uint8Array): OcspResponse {
  const outer = new DerReader(der)
  const fields = outer.reader()
  outer.end()
  const { content, encoded: tbs } = fields.element(Tag.sequence)
  const signatureAlgorithm = readAlgorithmIdentifier(fields)
  const signature = readBytes(fields.content(Tag.bitString))
  const explicit = fields.optional(constructed(0))
  fields.end()
  const data = readResponseData(new DerReader(content))
  const certificates = explicit ? readCertificates(new DerReader(explicit)) : []
  return { tbs, ...data, signatureAlgorithm, signature, certificates }
}

function readCertificates(explicit: DerReader): readonly Certificate[] {
  const list = elementsOf(explicit.reader(), (reader) => reader.element(Tag.sequence).encoded)
  explicit.end()
  if (list.length > maxCertificates) throw malformed(inWords && `more than ${maxCertificates} certificates`)
  return list.map(parseCertificate)
}

function readResponseData(
  fields: DerReader,
): Pick<OcspResponse, 'responder' | 'producedAt' | 'responses' | 'extensions'> {
  // A version other than 1 is unknown, and 1 is the default, which DER never writes
  if (fields.tag === constructed(0)) throw malformed(inWords && 'a version')
  const responder = readResponder(fields)
  const producedAt = readGeneralizedTime(fields.content(Tag.generalizedTime))
  const responses = elementsOf(fields.reader(), readSingleResponse)
  const extensions = readExplicitExtensions(fields)
  fields.end()
  return { responder, producedAt, responses, extensions }
}

function readResponder(fields: DerReader): Responder {
  const byName = fields.optional(constructed(1))
  if (byName) {
    const reader = new DerReader(byName)
    const name = readName(reader)
    reader.end()
    return { by: 'name', name }
  }
  const byKey = new DerReader(fields.content(constructed(2)))
  const keyHash = byKey.content(Tag.octetString)
  byKey.end()
  return { by: 'key', keyHash }
}

function readSingleResponse(list: DerReader): SingleResponse {
  const fields = list.reader()
  const certificate = readCertificateId(fields.reader())
  const status = readStatus(fields)
  const thisUpdate = readGeneralizedTime(fields.content(Tag.generalizedTime))
  const explicit = fields.optional(constructed(0))
  const nextUpdate = explicit && readExplicitTime(new DerReader(explicit))
  const extensions = readExplicitExtensions(fields)
  fields.end()
  return { certificate, ...status, thisUpdate, nextUpdate, extensions }
}

function readCertificateId(fields: DerReader): CertificateId {
  const id = {
    hashAlgorithm: readAlgorithmIdentifier(fields),
    issuerNameHash: fields.content(Tag.octetString),
    issuerKeyHash: fields.content(Tag.octetString),
    serialNumber: checkInteger(fields.content(Tag.integer)),
  }
  fields.end()
  return id
}

function readStatus(fields: DerReader): Pick<SingleResponse, 'status' | 'revokedAt'> {
  const { tag, content } = fields.any()
  if (tag === constructed(1)) {
    const info = new DerReader(content)
    const revokedAt = readGeneralizedTime(info.content(Tag.generalizedTime))
    info.optional(constructed(0)) // the reason, which changes nothing
    info.end()
    return { status: 'revoked', revokedAt }
  }
  if ((tag !== primitive(0) && tag !== primitive(2)) || content.length > 0)
    throw malformed(inWords && 'a status of unknown kind')
  return { status: tag === primitive(0) ? 'good' : 'unknown', revokedAt: undefined }
}

function readExplicitTime(explicit: DerReader): number {
  const time = readGeneralizedTime(explicit.content(Tag.generalizedTime))
  explicit.end()
  return time
}

function readExplicitExtensions(fields: DerReader): ReadonlyMap<string, Extension> {
  const explicit = fields.optional(constructed(1))
  if (!explicit) return new Map()
  const reader = new DerReader(explicit)
  const extensions = readExtensionList(reader.reader())
  reader.end()
  return extensions
}
