/** Private keys from PKCS #8, as CryptoKeys that can't be extracted: the PKCS #8 may be overwritten once a key is imported. */
import {
  checkRsaPrivateNumbers,
  CryptoError,
  plainRsaPkcs8,
  readPrivateKeyInfo,
  signingAlgorithmsOf,
  writeEcPrivateKey,
  writePrivateKeyInfo,
  writeRsaPublicKey,
  writeSubjectPublicKeyInfo,
  type PrivateKeyInfo,
  type PrivateKeyInput,
  type SigningKey,
} from '@mortise/crypto'
import { writeOctetString } from '@mortise/crypto/der'
import { inWords } from '@mortise/wire'
import type { WebcryptoFeatures } from './features.ts'
import { jwkPublicKey } from './jwk.ts'
import { signingKey } from './signingKey.ts'
import { isOffered, keyParameters, type KeyParameters } from './signingParameters.ts'
import { attempt, source } from './subtle.ts'

/** @throws CryptoError `ERR_CRYPTO_INVALID_KEY` or `ERR_CRYPTO_UNSUPPORTED` */
export async function webcryptoPrivateKey(
  { pkcs8 }: PrivateKeyInput,
  subtle: SubtleCrypto,
  features: WebcryptoFeatures,
): Promise<SigningKey> {
  const info = readPrivateKeyInfo(pkcs8)
  const descriptors = signingAlgorithmsOf(info).filter((descriptor) => isOffered(descriptor, features))
  if ('modulus' in info) checkRsaPrivateNumbers(info)
  const plain = plainPkcs8(info)
  const importKey = (parameters: KeyParameters, extractable: boolean): Promise<CryptoKey> =>
    attempt('ERR_CRYPTO_INVALID_KEY', inWords && `not a private key of type ${info.type}`, () =>
      subtle.importKey('pkcs8', source(plain), parameters, extractable, ['sign']),
    )
  const signers = await Promise.all(
    descriptors.map(async (descriptor) => ({
      descriptor,
      key: await importKey(keyParameters(descriptor), false),
    })),
  )
  const [first] = descriptors
  const publicKey =
    givenPublicKey(info) ??
    (first && (await derivedPublicKey(await importKey(keyParameters(first), true), subtle)))
  plain.fill(0)
  return signingKey(
    signers,
    writeSubjectPublicKeyInfo(info.algorithm, publicKey ?? new Uint8Array(0)),
    subtle,
  )
}

/** PKCS #8 in its oldest form (RFC 5208), which every implementation takes. */
function plainPkcs8(info: PrivateKeyInfo): Uint8Array {
  switch (info.type) {
    case 'ec':
      return writePrivateKeyInfo(info.algorithm, writeEcPrivateKey(info))
    case 'ed25519':
    case 'ed448':
      return writePrivateKeyInfo(info.algorithm, writeOctetString(info.privateKey))
    default:
      return plainRsaPkcs8(info)
  }
}

/** What the BIT STRING of the SubjectPublicKeyInfo holds, if the private key says it. */
function givenPublicKey(info: PrivateKeyInfo): Uint8Array | undefined {
  return 'modulus' in info ? writeRsaPublicKey(info) : info.publicKey && new Uint8Array(info.publicKey)
}

/** The only way from a private key to its public one leads over JWK, which has both. */
async function derivedPublicKey(key: CryptoKey, subtle: SubtleCrypto): Promise<Uint8Array> {
  const { x, y } = await attempt(
    'ERR_CRYPTO_UNSUPPORTED',
    inWords && 'no public key comes of this private key',
    () => subtle.exportKey('jwk', key),
  )
  if (x === undefined || (key.algorithm.name === 'ECDSA' && !y))
    throw new CryptoError('ERR_CRYPTO_UNSUPPORTED', inWords && 'no public key comes of this private key')
  return jwkPublicKey(x, y)
}
