/** Certificates (RFC 5280 §4.1). Extensions are decoded when somebody asks for them: see `readExtension`. */
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from './algorithmIdentifier.ts'
import {
  checkInteger,
  constructed,
  DerReader,
  elementsOf,
  primitive,
  readBytes,
  readOptionalTrue,
  readSmallInteger,
  Tag,
} from './der.ts'
import { equalBytes, inWords } from '@mortise/wire'
import { readName, type Name } from './name.ts'
import { readPublicKey, type PublicKey } from './publicKey.ts'
import { readTime } from './time.ts'
import { malformed, parsing } from './X509Error.ts'

/** A certificate as it was parsed (RFC 5280 §4.1). Byte strings are views of its DER. */
export interface Certificate {
  readonly der: Uint8Array
  /** DER of the TBSCertificate: what is signed. */
  readonly tbs: Uint8Array
  readonly version: number
  /** Content of the INTEGER: two's complement, big-endian, minimal. */
  readonly serialNumber: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly issuer: Name
  /** First and last instant of validity, in milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly subject: Name
  readonly publicKey: PublicKey
  readonly extensions: ReadonlyMap<string, Extension>
  readonly signature: Uint8Array
}

/** An extension, not yet looked into (RFC 5280 §4.2). */
export interface Extension {
  /** Dotted object identifier. */
  readonly type: string
  readonly critical: boolean
  /** DER of the extension's own value. */
  readonly value: Uint8Array
}

/**
 * Copies `der`; what the answer holds are views of the copy.
 * @throws X509Error `ERR_X509_MALFORMED` if it is not DER, or not a certificate
 */
export function parseCertificate(der: Uint8Array): Certificate {
  return parsing('certificate', () => readCertificate(der.slice()))
}

function readCertificate(der: Uint8Array): Certificate {
  const outer = new DerReader(der)
  const certificate = outer.reader()
  outer.end()
  const { content, encoded: tbs } = certificate.element(Tag.sequence)
  const signatureAlgorithm = readAlgorithmIdentifier(certificate)
  const signature = readBytes(certificate.content(Tag.bitString))
  certificate.end()
  const fields = readTbsCertificate(new DerReader(content))
  // RFC 5280 §4.1.1.2: both name the same algorithm, so that the signature covers it
  if (!equalBytes(fields.signatureAlgorithm.der, signatureAlgorithm.der))
    throw malformed(inWords && 'two different signature algorithms')
  return { der, tbs, ...fields, signature }
}

type TbsFields = Omit<Certificate, 'der' | 'tbs' | 'signature'>

function readTbsCertificate(reader: DerReader): TbsFields {
  const version = readVersion(reader)
  const serialNumber = checkInteger(reader.content(Tag.integer))
  const signatureAlgorithm = readAlgorithmIdentifier(reader)
  const issuer = readName(reader)
  const validity = reader.reader()
  const notBefore = readTime(validity)
  const notAfter = readTime(validity)
  validity.end()
  const subject = readName(reader)
  const publicKey = readPublicKey(reader)
  for (const tag of [primitive(1), primitive(2)]) {
    const uniqueId = reader.optional(tag)
    if (uniqueId && version === 1) throw malformed(inWords && 'a unique identifier in version 1')
  }
  const extensions = readExtensions(reader, version)
  reader.end()
  return {
    version,
    serialNumber,
    signatureAlgorithm,
    issuer,
    notBefore,
    notAfter,
    subject,
    publicKey,
    extensions,
  }
}

function readVersion(reader: DerReader): number {
  const explicit = reader.optional(constructed(0))
  if (!explicit) return 1
  const inner = new DerReader(explicit)
  const version = readSmallInteger(inner.content(Tag.integer)) + 1
  inner.end()
  if (version === 1) throw malformed(inWords && 'a default value that is written out')
  if (version > 3) throw malformed(inWords && `version ${version}`)
  return version
}

function readExtensions(reader: DerReader, version: number): ReadonlyMap<string, Extension> {
  const explicit = reader.optional(constructed(3))
  if (!explicit) return new Map()
  if (version < 3) throw malformed(inWords && `extensions in version ${version}`)
  const inner = new DerReader(explicit)
  const list = readExtensionList(inner.reader())
  inner.end()
  return list
}

/** SEQUENCE SIZE (1..MAX) OF Extension, each at most once (RFC 5280 §4.2). */
export function readExtensionList(reader: DerReader): ReadonlyMap<string, Extension> {
  const list = elementsOf(reader, readOneExtension)
  const extensions = new Map(list.map((extension) => [extension.type, extension]))
  if (list.length === 0) throw malformed(inWords && 'an empty list of extensions')
  if (extensions.size < list.length) throw malformed(inWords && 'an extension that is there twice')
  return extensions
}

function readOneExtension(reader: DerReader): Extension {
  const fields = reader.reader()
  const type = fields.oid()
  const critical = readOptionalTrue(fields)
  const value = fields.content(Tag.octetString)
  fields.end()
  return { type, critical, value }
}

/** Whether it names itself as its issuer (RFC 5280 §3.2). */
export const isSelfIssued = (certificate: Certificate): boolean =>
  certificate.issuer.key === certificate.subject.key
