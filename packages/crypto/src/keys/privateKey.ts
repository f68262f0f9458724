/** Private keys in PKCS #8 (OneAsymmetricKey, RFC 5958), for providers whose backend wants their parts. */
import { inWords } from '@mortise/wire'
import {
  constructed,
  DerReader,
  primitive,
  readBytes,
  readSmallInteger,
  readUnsigned,
  Tag,
  writeBitString,
  writeConstructed,
  writeInteger,
  writeOctetString,
  writeSequence,
  writeUnsigned,
} from '../der/index.ts'
import type { Curve } from '../signature.ts'
import { curveLengths, curveOf, edwardsLengths, readKeyAlgorithm, type KeyAlgorithm } from './algorithm.ts'
import { invalidKey, unsupportedKey } from './invalidKey.ts'
import type { PssParameters } from './pssParameters.ts'

/** The integers of a key with two primes (RFC 8017 §A.1.2): big-endian magnitudes without leading zeros. */
export interface RsaPrivateNumbers {
  readonly modulus: Uint8Array
  readonly publicExponent: Uint8Array
  readonly privateExponent: Uint8Array
  readonly prime1: Uint8Array
  readonly prime2: Uint8Array
  readonly exponent1: Uint8Array
  readonly exponent2: Uint8Array
  readonly coefficient: Uint8Array
}

/** A private key taken apart. Its bytes are views of the DER: copy what is to stay. Nothing but its form was checked. */
export type PrivateKeyInfo = {
  /** DER of the AlgorithmIdentifier; the one of the public key is the same. */
  readonly algorithm: Uint8Array
} & (
  | {
      readonly type: 'ec'
      readonly curve: Curve
      /** Big-endian, 32, 48 or 66 bytes. */
      readonly privateKey: Uint8Array
      /** The public key, if it is there. */
      readonly publicKey: Uint8Array | undefined
    }
  | ({ readonly type: 'rsa' } & RsaPrivateNumbers)
  | ({ readonly type: 'rsa-pss'; readonly restriction: PssParameters | undefined } & RsaPrivateNumbers)
  | {
      readonly type: 'ed25519' | 'ed448'
      /** The seed, 32 or 57 bytes. */
      readonly privateKey: Uint8Array
      /** The public key, if it is there. */
      readonly publicKey: Uint8Array | undefined
    }
)

/**
 * Takes a private key apart.
 * @param pkcs8 DER of a PrivateKeyInfo, not encrypted
 * @throws CryptoError `ERR_CRYPTO_INVALID_KEY` for what isn't strict DER, `ERR_CRYPTO_UNSUPPORTED` for another algorithm or curve
 */
export function readPrivateKeyInfo(pkcs8: Uint8Array): PrivateKeyInfo {
  const outer = new DerReader(pkcs8, invalidKey)
  const fields = outer.reader()
  outer.end()
  if (fields.tag === Tag.sequence)
    throw invalidKey(inWords && 'no PKCS #8 key; is it encrypted, or a public one?')
  const version = readSmallInteger(fields.content(Tag.integer), invalidKey)
  if (version > 1) throw invalidKey(inWords && `PKCS #8 of version ${version}`)
  if (fields.tag !== Tag.sequence)
    throw invalidKey(inWords && 'no PKCS #8 key; is it one of PKCS #1 or SEC 1?')
  const algorithm = readKeyAlgorithm(fields)
  const key = fields.content(Tag.octetString)
  fields.optional(constructed(0)) // attributes: names and such, nothing that matters here
  const publicKey = version === 1 ? fields.optional(primitive(1)) : undefined
  fields.end()
  if ('unknown' in algorithm)
    throw unsupportedKey(inWords && `a private key of another kind: ${algorithm.unknown}`)
  return readKey(algorithm, key, publicKey && readBytes(publicKey, invalidKey))
}

function readKey(
  { der: algorithm, ...kind }: KeyAlgorithm,
  key: Uint8Array,
  publicKey: Uint8Array | undefined,
): PrivateKeyInfo {
  switch (kind.type) {
    case 'ec': {
      const read = readEcPrivateKey(key)
      if (read.curveOid !== undefined && curveOf(read.curveOid) !== kind.curve)
        throw invalidKey(inWords && 'a private key that names two curves')
      return {
        type: 'ec',
        curve: kind.curve,
        algorithm,
        privateKey: padded(read.privateKey, curveLengths[kind.curve]),
        publicKey: read.publicKey ?? publicKey,
      }
    }
    case 'rsa':
      return { type: 'rsa', algorithm, ...readRsaPrivateNumbers(key) }
    case 'rsa-pss':
      return { type: 'rsa-pss', algorithm, restriction: kind.restriction, ...readRsaPrivateNumbers(key) }
    default:
      return { type: kind.type, algorithm, privateKey: readEdwardsSeed(kind.type, key), publicKey }
  }
}

/** ECPrivateKey (RFC 5915 §3), which is also what PEM calls an EC PRIVATE KEY. */
export function readEcPrivateKey(der: Uint8Array): {
  readonly privateKey: Uint8Array
  readonly curveOid: string | undefined
  readonly publicKey: Uint8Array | undefined
} {
  const outer = new DerReader(der, invalidKey)
  const fields = outer.reader()
  outer.end()
  if (readSmallInteger(fields.content(Tag.integer), invalidKey) !== 1)
    throw invalidKey(inWords && 'an ECPrivateKey of another version than 1')
  const privateKey = fields.content(Tag.octetString)
  const parameters = fields.tag === constructed(0) ? fields.reader(constructed(0)) : undefined
  if (parameters && parameters.tag !== Tag.objectIdentifier)
    throw unsupportedKey(inWords && 'a private key of a curve that is spelled out')
  const curveOid = parameters?.oid()
  parameters?.end()
  const publicKey = fields.tag === constructed(1) ? fields.reader(constructed(1)) : undefined
  const point = publicKey && readBytes(publicKey.content(Tag.bitString), invalidKey)
  publicKey?.end()
  fields.end()
  return { privateKey, curveOid, publicKey: point }
}

/** RSAPrivateKey (RFC 8017 §A.1.2). */
export function readRsaPrivateNumbers(der: Uint8Array): RsaPrivateNumbers {
  const outer = new DerReader(der, invalidKey)
  const fields = outer.reader()
  outer.end()
  const next = (): Uint8Array => readUnsigned(fields.content(Tag.integer), invalidKey)
  const version = next()
  if (version.length > 0) throw unsupportedKey(inWords && 'an RSA key of more than two primes')
  const numbers: RsaPrivateNumbers = {
    modulus: next(),
    publicExponent: next(),
    privateExponent: next(),
    prime1: next(),
    prime2: next(),
    exponent1: next(),
    exponent2: next(),
    coefficient: next(),
  }
  fields.end()
  return numbers
}

/** CurvePrivateKey: an OCTET STRING in the OCTET STRING (RFC 8410 §7). */
function readEdwardsSeed(type: 'ed25519' | 'ed448', der: Uint8Array): Uint8Array {
  const reader = new DerReader(der, invalidKey)
  const seed = reader.content(Tag.octetString)
  reader.end()
  if (seed.length !== edwardsLengths[type])
    throw invalidKey(inWords && `a private key of ${type} with ${seed.length} bytes`)
  return seed
}

/** Some writers leave leading zeros out. */
function padded(key: Uint8Array, length: number): Uint8Array {
  if (key.length > length || key.length === 0)
    throw invalidKey(inWords && `a private key of ${key.length} bytes`)
  if (key.length === length) return key
  const whole = new Uint8Array(length)
  whole.set(key, length - key.length)
  return whole
}

/**
 * DER of a PrivateKeyInfo in its oldest form (RFC 5208 §5), which every implementation takes.
 * @param algorithm DER of the AlgorithmIdentifier
 * @param key what the OCTET STRING holds
 */
export function writePrivateKeyInfo(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  return writeSequence(writeInteger(0), algorithm, writeOctetString(key))
}

/** DER of an ECPrivateKey (RFC 5915 §3) that leaves its curve to the AlgorithmIdentifier. */
export function writeEcPrivateKey({
  privateKey,
  publicKey,
}: {
  readonly privateKey: Uint8Array
  readonly publicKey?: Uint8Array | undefined
}): Uint8Array {
  return writeSequence(
    writeInteger(1),
    writeOctetString(privateKey),
    ...(publicKey ? [writeConstructed(1, writeBitString(publicKey))] : []),
  )
}

/** DER of an RSAPrivateKey (RFC 8017 §A.1.2), which is what the OCTET STRING of an RSA key holds. */
export function writeRsaPrivateKey(numbers: RsaPrivateNumbers): Uint8Array {
  return writeSequence(
    writeInteger(0),
    writeUnsigned(numbers.modulus),
    writeUnsigned(numbers.publicExponent),
    writeUnsigned(numbers.privateExponent),
    writeUnsigned(numbers.prime1),
    writeUnsigned(numbers.prime2),
    writeUnsigned(numbers.exponent1),
    writeUnsigned(numbers.exponent2),
    writeUnsigned(numbers.coefficient),
  )
}
