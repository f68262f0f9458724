/**
 * Certificates made on the spot, for tests, examples and demonstrations (RFC 5280 §4.1). It is no authority: it signs
 * what it is told to, mistakes included.
 */
import type { CryptoProvider, SigningKey } from '@mortise/crypto'
import {
  primitive,
  Tag,
  writeBitString,
  writeBoolean,
  writeConstructed,
  writeElement,
  writeInteger,
  writeOctetString,
  writeOid,
  writeSequence,
  writeSetOf,
  writeUnsigned,
} from '@mortise/crypto/der'
import { CryptoError } from '@mortise/crypto'
import { signatureAlgorithmOf } from './signatureAlgorithm.ts'

/** What stands in a certificate, and who signs it. */
export interface CertificateOptions {
  /** Common name of the subject, ASCII. */
  readonly subject: string
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** Who signs: common name, and the key. The subject itself, with its key, for a self-signed one. */
  readonly issuer: { readonly subject: string; readonly key: SigningKey }
  /** SignatureScheme to sign with. Default: the first of the issuer's key. */
  readonly scheme?: number
  readonly dnsNames?: readonly string[]
  /** 4 or 16 bytes each. */
  readonly ipAddresses?: readonly Uint8Array[]
  readonly notBefore: Date
  readonly notAfter: Date
  /** An authority's certificate. Default: false. */
  readonly ca?: boolean
  /** The first byte of KeyUsage: digitalSignature is 0x80 (RFC 5280 §4.2.1.3). Default: what the certificate is for. */
  readonly keyUsage?: number
  /** Purposes, by object identifier. Default: none are named. */
  readonly extendedKeyUsage?: readonly string[]
  /** Further extensions. */
  readonly extensions?: readonly CertificateExtension[]
  /** 1 to 20 bytes. Default: 16 random ones. */
  readonly serialNumber?: Uint8Array
  /** Where the serial number's randomness comes from. */
  readonly random: CryptoProvider['random']
}

/** An extension as it is written (RFC 5280 §4.2). */
export interface CertificateExtension {
  /** Dotted object identifier. */
  readonly type: string
  readonly critical?: boolean
  /** DER of the extension's own value. */
  readonly value: Uint8Array
}

/** digitalSignature, and keyCertSign with cRLSign, as bits of a KeyUsage (RFC 5280 §4.2.1.3). */
const endEntityUsage = 0x80
const authorityUsage = 0x06

/**
 * @returns DER
 * @throws CryptoError if the key can't sign with the scheme
 */
export async function issueCertificate(options: CertificateOptions): Promise<Uint8Array> {
  const { issuer, random } = options
  const scheme = options.scheme ?? issuer.key.schemes[0]
  if (scheme === undefined) throw new CryptoError('ERR_CRYPTO_UNSUPPORTED', 'the key signs with no scheme')
  const algorithm = signatureAlgorithmOf(scheme)
  const tbs = writeSequence(
    writeConstructed(0, writeInteger(2)),
    writeUnsigned(options.serialNumber ?? Uint8Array.of(0x40, ...random(15))),
    algorithm,
    commonName(issuer.subject),
    writeSequence(time(options.notBefore), time(options.notAfter)),
    commonName(options.subject),
    options.publicKey,
    writeConstructed(3, writeSequence(...extensionsOf(options))),
  )
  return writeSequence(tbs, algorithm, writeBitString(await issuer.key.sign(scheme, tbs)))
}

function commonName(text: string): Uint8Array {
  const value = writeElement(Tag.utf8String, ascii(text))
  return writeSequence(writeSetOf(writeSequence(writeOid('2.5.4.3'), value)))
}

/** UTCTime up to 2049, GeneralizedTime after that (RFC 5280 §4.1.2.5). */
function time(date: Date): Uint8Array {
  const digits = `${date.toISOString().replaceAll(/\D/g, '').slice(0, 14)}Z`
  const utc = date.getUTCFullYear() < 2050
  return writeElement(utc ? Tag.utcTime : Tag.generalizedTime, ascii(utc ? digits.slice(2) : digits))
}

function extensionsOf(options: CertificateOptions): readonly Uint8Array[] {
  const { ca = false, dnsNames = [], ipAddresses = [], extendedKeyUsage = [], extensions = [] } = options
  const bits = options.keyUsage ?? (ca ? authorityUsage : endEntityUsage)
  const unused = bits === 0 ? 0 : 31 - Math.clz32(bits & -bits)
  const keyId = keyIdentifier(options.publicKey)
  const issuerKeyId = keyIdentifier(options.issuer.key.publicKey)
  const names = [
    ...dnsNames.map((name) => writeElement(primitive(2), ascii(name))),
    ...ipAddresses.map((address) => writeElement(primitive(7), address)),
  ]
  return [
    extension({
      type: '2.5.29.19',
      critical: true,
      value: writeSequence(...(ca ? [writeBoolean(true)] : [])),
    }),
    extension({ type: '2.5.29.15', critical: true, value: writeBitString(Uint8Array.of(bits), unused) }),
    extension({ type: '2.5.29.14', value: writeOctetString(keyId) }),
    extension({ type: '2.5.29.35', value: writeSequence(writeElement(primitive(0), issuerKeyId)) }),
    ...(names.length > 0 ? [extension({ type: '2.5.29.17', value: writeSequence(...names) })] : []),
    ...(extendedKeyUsage.length > 0
      ? [extension({ type: '2.5.29.37', value: writeSequence(...extendedKeyUsage.map(writeOid)) })]
      : []),
    ...extensions.map(extension),
  ]
}

function extension({ type, critical = false, value }: CertificateExtension): Uint8Array {
  return writeSequence(writeOid(type), ...(critical ? [writeBoolean(true)] : []), writeOctetString(value))
}

/** RFC 5280 §4.2.1.2 leaves to the authority how it makes unique numbers: these are the end of the key itself. */
const keyIdentifier = (spki: Uint8Array): Uint8Array => spki.slice(-20)

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0x7f)
}
