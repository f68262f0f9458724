/** The AlgorithmIdentifiers of keys (RFC 3279 §2.3, RFC 4055 §1.2, RFC 5480 §2.1.1, RFC 8410 §3). */
import { inWords } from '@mortise/wire'
import { DerReader, readOnly, Tag, writeOid, writeSequence, readOid } from '../der/index.ts'
import type { Curve, SignatureKeyType } from '../signature.ts'
import { readPssParameters, type PssParameters } from './pssParameters.ts'

export const keyOids = {
  ec: '1.2.840.10045.2.1',
  rsa: '1.2.840.113549.1.1.1',
  'rsa-pss': '1.2.840.113549.1.1.10',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
} as const

export const curveOids: Readonly<Record<Curve, string>> = {
  'P-256': '1.2.840.10045.3.1.7',
  'P-384': '1.3.132.0.34',
  'P-521': '1.3.132.0.35',
}

/** Length of a coordinate and of a private key in bytes. */
export const curveLengths: Readonly<Record<Curve, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 }

/** Length of a key, public or private, in bytes (RFC 8032 §5.1.5, §5.2.5). */
export const edwardsLengths = { ed25519: 32, ed448: 57 } as const

/** What a SubjectPublicKeyInfo or a PKCS #8 key says of its kind. */
export type KeyAlgorithm = SignatureKeyType & {
  /** Of `rsa-pss`: what the key restricts its signatures to; `undefined` for anything (RFC 4055 §1.2). */
  readonly restriction?: PssParameters | undefined
  /** DER of the AlgorithmIdentifier. */
  readonly der: Uint8Array
}

/**
 * The next element as the AlgorithmIdentifier of a key.
 * @returns the OID alone for an algorithm or curve that isn't one of ours
 */
export function readKeyAlgorithm(reader: DerReader): KeyAlgorithm | { readonly unknown: string | false } {
  const { content, encoded: der } = reader.element(Tag.sequence)
  const fields = new DerReader(content, reader.malformed)
  const oid = fields.oid()
  const parameters = fields.atEnd ? undefined : fields.any().encoded
  fields.end()
  switch (oid) {
    case keyOids.ec:
      return readCurve(parameters, der, reader)
    case keyOids.rsa:
      // RFC 3279 §2.3.1: NULL, and never left out
      if (parameters?.[0] !== Tag.null || parameters[1] !== 0)
        throw reader.malformed(inWords && 'parameters of rsaEncryption other than NULL')
      return { type: 'rsa', der }
    case keyOids['rsa-pss']:
      return {
        type: 'rsa-pss',
        restriction: parameters && readPssParameters(parameters, reader.malformed),
        der,
      }
    case keyOids.ed25519:
    case keyOids.ed448:
      if (parameters) throw reader.malformed(inWords && 'parameters of an Edwards curve')
      return { type: oid === keyOids.ed25519 ? 'ed25519' : 'ed448', der }
    default:
      return { unknown: oid }
  }
}

/** Named curves only: one that is spelled out may be another one than it seems (RFC 5480 §2.1.1). */
function readCurve(
  parameters: Uint8Array | undefined,
  der: Uint8Array,
  { malformed }: DerReader,
): KeyAlgorithm | { readonly unknown: string | false } {
  if (!parameters) throw malformed(inWords && 'an elliptic curve key that names no curve')
  if (parameters[0] !== Tag.objectIdentifier) return { unknown: inWords && 'a curve that is spelled out' }
  const oid = readOid(readOnly(parameters, Tag.objectIdentifier, malformed), malformed)
  const curve = curveOf(oid)
  return curve ? { type: 'ec', curve, der } : { unknown: inWords && `curve ${oid}` }
}

export function curveOf(oid: string): Curve | undefined {
  return (Object.keys(curveOids) as readonly Curve[]).find((curve) => curveOids[curve] === oid)
}

/** The AlgorithmIdentifier of a key on a NIST curve. */
export function writeCurveAlgorithm(curveOid: string): Uint8Array {
  return writeSequence(writeOid(keyOids.ec), writeOid(curveOid))
}

/** The AlgorithmIdentifier rsaEncryption, with the NULL that may not be left out (RFC 3279 §2.3.1). */
export function writeRsaEncryption(): Uint8Array {
  return Uint8Array.of(48, 13, 6, 9, 42, 134, 72, 134, 247, 13, 1, 1, 1, 5, 0)
}
