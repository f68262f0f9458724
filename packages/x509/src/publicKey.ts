/** SubjectPublicKeyInfo: which kind of key, and how strong (RFC 5280 §4.1.2.7). What is inside is for `@mortise/crypto` to read. */
import {
  readPublicKey as readKey,
  type PssParameters,
  type RsaPublicNumbers,
  type SignatureKeyType,
  type SubjectPublicKeyInfo,
} from '@mortise/crypto'
import { readAlgorithmIdentifier, type AlgorithmIdentifier } from './algorithmIdentifier.ts'
import { DerReader, Tag } from './der.ts'

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

/** The next element as a SubjectPublicKeyInfo. */
export function readPublicKey(reader: DerReader): PublicKey {
  const { content, encoded: spki } = reader.element(Tag.sequence)
  const algorithm = readAlgorithmIdentifier(new DerReader(content))
  const key = readKey(new DerReader(spki))
  if ('unknown' in key) return { spki, algorithm, type: undefined, rsa: undefined, pss: undefined }
  return {
    spki,
    algorithm,
    type: key.type === 'ec' ? { type: 'ec', curve: key.curve } : { type: key.type },
    rsa: 'modulus' in key ? describeRsa(key) : undefined,
    pss: restrictionOf(key),
  }
}

const restrictionOf = (key: SubjectPublicKeyInfo): PssParameters | undefined =>
  key.type === 'rsa-pss' ? key.restriction : undefined

function describeRsa({ modulus, publicExponent }: RsaPublicNumbers): RsaKey {
  const exponentBits = bitLength(publicExponent)
  return {
    modulusBits: bitLength(modulus),
    exponentBits,
    exponentSound: exponentBits > 1 && ((publicExponent.at(-1) ?? 0) & 1) === 1,
  }
}

/** Of a magnitude without leading zeros. */
const bitLength = (magnitude: Uint8Array): number =>
  Math.max(0, magnitude.length * 8 + 24 - Math.clz32(magnitude[0] ?? 0))
