/** CryptoKeys that sign, made here of PKCS #8 or somebody's own. */
import {
  CryptoError,
  ecdsaSignatureToDer,
  publicKeyFor,
  readSubjectPublicKeyInfo,
  signatureDescriptors,
  type SignatureDescriptor,
  type SigningKey,
} from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { verify } from './signatures.ts'
import { keyParameters, signingParameters } from './signingParameters.ts'
import { attempt, source } from './subtle.ts'

/** A scheme and the key that makes it: WebCrypto binds an RSA key to one hash. */
export interface Signer {
  readonly descriptor: SignatureDescriptor
  readonly key: CryptoKey
}

/** The public half of a private CryptoKey, and whose it is. */
export interface WebcryptoSigningKeyOptions {
  /** An extractable CryptoKey, or DER of the SubjectPublicKeyInfo as it stands in the certificate. */
  readonly publicKey: CryptoKey | Uint8Array
  /** By default `globalThis.crypto`. */
  readonly crypto?: Crypto
}

/**
 * A private CryptoKey for TLS, extractable or not: generated here, kept in IndexedDB, behind a hardware token. It signs with
 * what it was made for: ECDSA, Ed25519, Ed448, or RSA-PSS with its one hash.
 * @throws CryptoError `ERR_CRYPTO_UNSUPPORTED` for a key that no scheme of TLS 1.3 fits, or that may not sign,
 * `ERR_CRYPTO_INVALID_KEY` for a public key that doesn't parse or isn't its own
 */
export async function webcryptoSigningKey(
  privateKey: CryptoKey,
  { publicKey, crypto = globalThis.crypto }: WebcryptoSigningKeyOptions,
): Promise<SigningKey> {
  const { subtle } = crypto
  const spki =
    publicKey instanceof Uint8Array ? new Uint8Array(publicKey) : await exportSpki(subtle, publicKey)
  readSubjectPublicKeyInfo(spki)
  const signers = signatureDescriptors()
    .filter((descriptor) => isMadeFor(privateKey, descriptor) && fits(descriptor, spki))
    .map((descriptor) => ({ descriptor, key: privateKey }))
  return signingKey(signers, spki, subtle)
}

/**
 * @param signers at least one, in order of preference
 * @param spki of the public key, whose owner is found out by a signature
 */
export async function signingKey(
  signers: readonly Signer[],
  spki: Uint8Array,
  subtle: SubtleCrypto,
): Promise<SigningKey> {
  const [first] = signers
  if (!first) throw new CryptoError('ERR_CRYPTO_UNSUPPORTED', inWords && 'a private key that fits no scheme')
  const challenge = new Uint8Array(32)
  const signature = await attempt(
    'ERR_CRYPTO_INVALID_KEY',
    inWords && 'a private key that does not sign',
    () => sign(first, challenge, subtle),
  )
  if (!(await verify(first.descriptor, subtle, spki, challenge, signature)))
    throw new CryptoError(
      'ERR_CRYPTO_INVALID_KEY',
      inWords && 'a private key with the public key of another one',
    )
  return {
    schemes: signers.flatMap(({ descriptor }) => descriptor.scheme ?? []),
    publicKey: spki,
    sign: async (scheme, message) => {
      const signer = signers.find(({ descriptor }) => descriptor.scheme === scheme)
      if (!signer)
        throw new CryptoError(
          'ERR_CRYPTO_UNSUPPORTED',
          inWords && `this key can't sign with scheme 0x${scheme.toString(16)}`,
        )
      return attempt('ERR_CRYPTO_OPERATION_FAILED', inWords && `signing with ${signer.descriptor.name}`, () =>
        sign(signer, message, subtle),
      )
    },
  }
}

async function sign(
  { descriptor, key }: Signer,
  message: Uint8Array,
  subtle: SubtleCrypto,
): Promise<Uint8Array> {
  const raw = new Uint8Array(await subtle.sign(signingParameters(descriptor), key, source(message)))
  return descriptor.key.type === 'ec' ? ecdsaSignatureToDer(raw) : raw
}

/** PKCS #1 v1.5 is for certificates only (RFC 9846 §4.3.3), and so are curves with the hash of another. */
function isMadeFor({ algorithm, type, usages }: CryptoKey, descriptor: SignatureDescriptor): boolean {
  if (descriptor.scheme === undefined || descriptor.padding === 'pkcs1') return false
  if (type !== 'private' || !usages.includes('sign')) return false
  const own: { readonly name: string; readonly namedCurve?: string; readonly hash?: KeyAlgorithm } = algorithm
  const wanted = keyParameters(descriptor)
  return (
    own.name === wanted.name &&
    (!('namedCurve' in wanted) || own.namedCurve === wanted.namedCurve) &&
    (!('hash' in wanted) || own.hash?.name === wanted.hash)
  )
}

function fits(descriptor: SignatureDescriptor, spki: Uint8Array): boolean {
  try {
    publicKeyFor(descriptor, spki)
    return true
  } catch {
    return false
  }
}

function exportSpki(subtle: SubtleCrypto, key: CryptoKey): Promise<Uint8Array> {
  return attempt('ERR_CRYPTO_INVALID_KEY', inWords && 'a public key that can not be exported', async () => {
    const exported: ArrayBuffer = await subtle.exportKey('spki', key)
    return new Uint8Array(exported)
  })
}
