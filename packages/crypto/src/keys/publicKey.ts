/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) of the keys that sign in TLS 1.3 and its certificates. */
import { inWords } from '@mortise/wire'
import {
  DerReader,
  type Malformed,
  readBytes,
  readUnsigned,
  Tag,
  writeBitString,
  writeSequence,
  writeUnsigned,
} from '../der/index.ts'
import type { Curve } from '../signature.ts'
import { curveLengths, edwardsLengths, readKeyAlgorithm, type KeyAlgorithm } from './algorithm.ts'
import { invalidKey } from './invalidKey.ts'
import type { PssParameters } from './pssParameters.ts'

/** Big-endian magnitudes without leading zeros. */
export interface RsaPublicNumbers {
  readonly modulus: Uint8Array
  readonly publicExponent: Uint8Array
}

/** A public key taken apart; its bytes are views of the DER. */
export type SubjectPublicKeyInfo =
  | {
      readonly type: 'ec'
      readonly curve: Curve
      /** Uncompressed: 4, x, y. Whether it lies on the curve is for the provider to check. */
      readonly point: Uint8Array
    }
  | ({ readonly type: 'rsa' } & RsaPublicNumbers)
  | ({
      readonly type: 'rsa-pss'
      /** What the key restricts its signatures to (RFC 4055 §1.2); `undefined` for anything. */
      readonly restriction: PssParameters | undefined
    } & RsaPublicNumbers)
  | {
      readonly type: 'ed25519' | 'ed448'
      /** 32 or 57 bytes. */
      readonly publicKey: Uint8Array
    }

/**
 * Takes a public key apart.
 * @param spki DER
 * @throws CryptoError `ERR_CRYPTO_INVALID_KEY` for what isn't strict DER, for another algorithm or curve, and for points that are compressed
 */
export function readSubjectPublicKeyInfo(spki: Uint8Array): SubjectPublicKeyInfo {
  const reader = new DerReader(spki, invalidKey)
  const key = readPublicKey(reader)
  reader.end()
  if ('unknown' in key) throw invalidKey(inWords && `a public key of another kind: ${key.unknown}`)
  return key
}

/** A public key of an algorithm, a curve or a form of points that isn't one of ours. */
export interface UnknownPublicKey {
  /** Which, for people. */
  readonly unknown: string | false
}

/** Takes the next element, a SubjectPublicKeyInfo, apart. What doesn't fit throws the error of the reader's `malformed`. */
export function readPublicKey(reader: DerReader): SubjectPublicKeyInfo | UnknownPublicKey {
  const { malformed } = reader
  const fields = reader.reader()
  const algorithm = readKeyAlgorithm(fields)
  const key = readBytes(fields.content(Tag.bitString), malformed)
  fields.end()
  return 'unknown' in algorithm ? algorithm : readKey(algorithm, key, malformed)
}

function readKey(
  algorithm: KeyAlgorithm,
  key: Uint8Array,
  malformed: Malformed,
): SubjectPublicKeyInfo | UnknownPublicKey {
  switch (algorithm.type) {
    case 'ec': {
      const { type, curve } = algorithm
      // RFC 5480 §2.2 leaves compressed points to who wants them
      if (key[0] === 2 || key[0] === 3) return { unknown: inWords && `a compressed point of ${curve}` }
      if (key.length !== 1 + 2 * curveLengths[curve] || key[0] !== 4)
        throw malformed(inWords && `not an uncompressed point of ${curve}`)
      return { type, curve, point: key }
    }
    case 'rsa':
      return { type: 'rsa', ...readRsaPublicNumbers(key, malformed) }
    case 'rsa-pss':
      return {
        type: 'rsa-pss',
        restriction: algorithm.restriction,
        ...readRsaPublicNumbers(key, malformed),
      }
    default:
      if (key.length !== edwardsLengths[algorithm.type])
        throw malformed(inWords && `a key of ${algorithm.type} with ${key.length} bytes`)
      return { type: algorithm.type, publicKey: key }
  }
}

/** RSAPublicKey (RFC 8017 §A.1.1). */
function readRsaPublicNumbers(key: Uint8Array, malformed: Malformed): RsaPublicNumbers {
  const outer = new DerReader(key, malformed)
  const fields = outer.reader()
  outer.end()
  const modulus = readUnsigned(fields.content(Tag.integer), malformed)
  const publicExponent = readUnsigned(fields.content(Tag.integer), malformed)
  fields.end()
  return { modulus, publicExponent }
}

/**
 * DER of a SubjectPublicKeyInfo.
 * @param algorithm DER of the AlgorithmIdentifier, say that of the private key
 * @param key what the BIT STRING holds
 */
export function writeSubjectPublicKeyInfo(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  return writeSequence(algorithm, writeBitString(key))
}

/** DER of an RSAPublicKey (RFC 8017 §A.1.1), which is what the BIT STRING of an RSA key holds. */
export function writeRsaPublicKey({ modulus, publicExponent }: RsaPublicNumbers): Uint8Array {
  return writeSequence(writeUnsigned(modulus), writeUnsigned(publicExponent))
}
