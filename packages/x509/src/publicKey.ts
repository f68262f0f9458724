/** SubjectPublicKeyInfo: which kind of key, and how strong (RFC 5280 §4.1.2.7, RFC 3279 §2.3, RFC 5480, RFC 8410). */
import type { Curve, SignatureKeyType } from '@mortise/crypto'
import { isNull, readAlgorithmIdentifier, type AlgorithmIdentifier } from './algorithmIdentifier.ts'
import { checkInteger, DerReader, readBytes, readOid, Tag } from './der.ts'
import { readPssParameters, type PssParameters } from './pssParameters.ts'
import { malformed } from './X509Error.ts'

/** A SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
export interface PublicKey {
  /** DER of the SubjectPublicKeyInfo; a view of the certificate. */
  readonly spki: Uint8Array
  readonly algorithm: AlgorithmIdentifier
  /** `undefined`: a kind that Mortise doesn't know, among them curves that are spelled out. */
  readonly type: SignatureKeyType | undefined
  /** Of RSA keys. */
  readonly rsa: RsaKey | undefined
  /** What an RSASSA-PSS key restricts its signatures to (RFC 4055 §3.1). */
  readonly pss: PssParameters | undefined
}

/** The numbers of an RSA key (RFC 8017 §A.1.1). */
export interface RsaKey {
  readonly modulusBits: number
  readonly exponentBits: number
  /** The exponent is odd and above 1. */
  readonly exponentSound: boolean
}

const curves: Readonly<Record<string, readonly [curve: Curve, pointLength: number]>> = {
  '1.2.840.10045.3.1.7': ['P-256', 65],
  '1.3.132.0.34': ['P-384', 97],
  '1.3.132.0.35': ['P-521', 133],
}

/** The next element as a SubjectPublicKeyInfo. */
export function readPublicKey(reader: DerReader): PublicKey {
  const { content, encoded } = reader.element(Tag.sequence)
  const fields = new DerReader(content)
  const algorithm = readAlgorithmIdentifier(fields)
  const key = readBytes(fields.content(Tag.bitString))
  fields.end()
  return {
    spki: encoded,
    algorithm,
    type: undefined,
    rsa: undefined,
    pss: undefined,
    ...readKey(algorithm, key),
  }
}

function readKey({ algorithm, parameters }: AlgorithmIdentifier, key: Uint8Array): Partial<PublicKey> {
  switch (algorithm) {
    case '1.2.840.113549.1.1.1':
      if (!isNull(parameters)) throw malformed('parameters of rsaEncryption other than NULL')
      return { type: { type: 'rsa' }, rsa: readRsaKey(key) }
    case '1.2.840.113549.1.1.10':
      return {
        type: { type: 'rsa-pss' },
        rsa: readRsaKey(key),
        pss: parameters && readPssParameters(parameters),
      }
    case '1.2.840.10045.2.1':
      return { type: readCurve(parameters, key) }
    case '1.3.101.112':
      return { type: readEdwards('ed25519', 32, parameters, key) }
    case '1.3.101.113':
      return { type: readEdwards('ed448', 57, parameters, key) }
    default:
      return {}
  }
}

/** Named curves only, uncompressed points only (RFC 5480 §2.1.1, §2.2): anything else is of no known type. */
function readCurve(parameters: Uint8Array | undefined, key: Uint8Array): SignatureKeyType | undefined {
  if (parameters?.[0] !== Tag.objectIdentifier) return undefined
  const [curve, pointLength] = curves[readOid(parameters.subarray(2))] ?? []
  if (curve === undefined || key[0] === 2 || key[0] === 3) return undefined
  if (key.length !== pointLength || key[0] !== 4) throw malformed('an elliptic curve point of wrong form')
  return { type: 'ec', curve }
}

function readEdwards(
  type: 'ed25519' | 'ed448',
  length: number,
  parameters: Uint8Array | undefined,
  key: Uint8Array,
): SignatureKeyType {
  if (parameters !== undefined || key.length !== length) throw malformed(`an ${type} key of wrong form`)
  return { type }
}

function readRsaKey(key: Uint8Array): RsaKey {
  const reader = new DerReader(key)
  const fields = reader.reader()
  reader.end()
  const modulus = checkInteger(fields.content(Tag.integer))
  const exponent = checkInteger(fields.content(Tag.integer))
  fields.end()
  const exponentBits = bitLength(exponent)
  return {
    modulusBits: bitLength(modulus),
    exponentBits,
    exponentSound: exponentBits > 1 && ((exponent.at(-1) ?? 0) & 1) === 1,
  }
}

/** Of an INTEGER; 0 for one that is not positive. */
function bitLength(integer: Uint8Array): number {
  const [first = 0] = integer
  if (first >= 0x80) return 0
  const magnitude = first === 0 ? integer.subarray(1) : integer
  return Math.max(0, magnitude.length * 8 + 24 - Math.clz32(magnitude[0] ?? 0))
}
