/** Keys of elliptic curves as `node:crypto` makes, takes and gives them: PKCS #8 and SubjectPublicKeyInfo, PEM or DER. */
import { readPem, writeEcPrivateKey, writePrivateKeyInfo, writeSubjectPublicKeyInfo } from '@mortise/crypto'
import { DerReader, readBitString, Tag, writeOctetString, writeOid, writeSequence } from '@mortise/crypto/der'
import { Buffer } from 'buffer/index.js'
import { atOnce, backend, publicShare } from './backend.ts'

const oid = {
  ecPublicKey: '1.2.840.10045.2.1',
  prime256v1: '1.2.840.10045.3.1.7',
  secp384r1: '1.3.132.0.34',
  secp521r1: '1.3.132.0.35',
  x25519: '1.3.101.110',
  x448: '1.3.101.111',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
} as const

type KeyName = Exclude<keyof typeof oid, 'ecPublicKey'>

/** Bytes of a private key. */
const lengths: Readonly<Record<KeyName, number>> = {
  prime256v1: 32,
  secp384r1: 48,
  secp521r1: 66,
  x25519: 32,
  x448: 56,
  ed25519: 32,
  ed448: 57,
}

interface Encoding {
  readonly format: 'der' | 'pem'
}

/** @param type `ec`, or the curve itself */
export function generateKeyPairSync(
  type: string,
  options: {
    readonly namedCurve?: string
    readonly publicKeyEncoding: Encoding
    readonly privateKeyEncoding: Encoding
  },
) {
  const name = (type === 'ec' ? options.namedCurve : type) as KeyName
  if (!Object.hasOwn(lengths, name)) throw new Error(`no keys of ${name} here`)
  const pair = type.startsWith('x') ? montgomeryPair(name) : signingPair(name)
  return {
    privateKey: encodeKey(pair.pkcs8, 'PRIVATE KEY', options.privateKeyEncoding),
    publicKey: encodeKey(pair.spki, 'PUBLIC KEY', options.publicKeyEncoding),
  }
}

interface Pair {
  readonly pkcs8: Uint8Array
  readonly spki: Uint8Array
}

function montgomeryPair(name: KeyName): Pair {
  const privateKey = backend.random(lengths[name])
  return {
    pkcs8: writePrivateKey(name, privateKey),
    spki: writePublicKey(name, publicShare(name, privateKey)),
  }
}

/** The provider itself says what the public half is, and refuses what is no private key: then there is another try. */
function signingPair(name: KeyName): Pair {
  for (;;) {
    const privateKey = backend.random(lengths[name])
    if (name === 'secp521r1') privateKey[0] = (privateKey[0] ?? 0) & 1 // 521 bits
    const pkcs8 = writePrivateKey(name, privateKey)
    try {
      return { pkcs8, spki: atOnce(backend.importPrivateKey({ pkcs8 })).publicKey }
    } catch {
      // Not below the order of the curve, which all but never happens
    }
  }
}

const algorithm = (name: KeyName): Uint8Array =>
  /^(?:x|ed)/.test(name)
    ? writeSequence(writeOid(oid[name]))
    : writeSequence(writeOid(oid.ecPublicKey), writeOid(oid[name]))

/** RFC 5958, with RFC 5915 or RFC 8410 inside. */
function writePrivateKey(name: KeyName, bytes: Uint8Array): Uint8Array {
  const inner = /^(?:x|ed)/.test(name) ? writeOctetString(bytes) : writeEcPrivateKey({ privateKey: bytes })
  return writePrivateKeyInfo(algorithm(name), inner)
}

function writePublicKey(name: KeyName, bytes: Uint8Array): Uint8Array {
  return writeSubjectPublicKeyInfo(algorithm(name), bytes)
}

function encodeKey(der: Uint8Array, label: string, { format }: Encoding): Buffer | string {
  if (format === 'der') return Buffer.from(der)
  return `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----`
}

/** What `createPublicKey` and `createPrivateKey` are given, or what signatures are. */
export type KeySource =
  | string
  | Uint8Array
  | { readonly key: unknown; readonly format?: 'pem' | 'der' | 'jwk'; readonly type?: string }

/** DER of a key, however it is given. */
export function derOf(source: KeySource): Uint8Array {
  if (typeof source === 'string') return pemBytes(source)
  if (source instanceof Uint8Array) return pemBytes(Buffer.from(source).toString())
  const { key, format = 'pem' } = source
  if (format === 'jwk') return derOfJwk(key as Jwk)
  if (format === 'der') return new Uint8Array(key as Uint8Array)
  return derOf(key as string | Uint8Array)
}

function pemBytes(text: string): Uint8Array {
  const [block] = readPem(text)
  if (!block) throw new Error('no PEM')
  return block.bytes
}

interface Jwk {
  readonly crv: string
  readonly x: string
}

function derOfJwk({ crv, x }: Jwk): Uint8Array {
  return writePublicKey(
    crv.toLowerCase() as KeyName,
    Buffer.from(x.replaceAll('-', '+').replaceAll('_', '/'), 'base64'),
  )
}

/** The bit string of a SubjectPublicKeyInfo. */
export function publicBytes(spki: Uint8Array): Uint8Array {
  const fields = new DerReader(spki, malformed).reader()
  fields.content(Tag.sequence)
  return readBitString(fields.content(Tag.bitString), malformed).bytes
}

/** The innermost octet string of a key of RFC 8410. */
export function privateBytes(pkcs8: Uint8Array): Uint8Array {
  const fields = new DerReader(pkcs8, malformed).reader()
  fields.any() // version
  fields.any() // algorithm
  return new DerReader(fields.content(Tag.octetString), malformed).content(Tag.octetString)
}

const malformed = (what: string | false): Error => new Error(`malformed key: ${what}`)

export const base64Url = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
export { encodeKey }
