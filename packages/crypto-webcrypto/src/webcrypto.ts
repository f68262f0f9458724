import { CryptoError, type CryptoProvider, type SigningProvider } from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { aesGcm, chaCha20Poly1305 } from './aead.ts'
import { bareKeys, takesBareEcKeys, type BareKeys } from './bareKeys.ts'
import { knownFeatures, probeFeatures, type WebcryptoFeatures } from './features.ts'
import { webcryptoGroups } from './groups.ts'
import { webcryptoHash } from './hash.ts'
import { webcryptoPrivateKey } from './privateKey.ts'
import { webcryptoSignatures } from './signatures.ts'

/** Which WebCrypto, and what it can do. */
export interface WebcryptoOptions {
  /** By default `globalThis.crypto`. */
  readonly crypto?: Crypto
  /**
   * What it can do, from `probeWebcrypto` or known otherwise. By default what every implementation can and what
   * `SubtleCrypto.supports` says, which may be less than there is.
   */
  readonly features?: WebcryptoFeatures
  /** How many records are sealed or opened at once. By default 16 where a pool of threads works on them, else 4 or 2. */
  readonly maxInFlight?: number
}

/**
 * A provider on WebCrypto, at once. For all that the runtime has, X25519 on Node 20 for one, use
 * {@link detectWebcrypto}.
 * @throws CryptoError `ERR_CRYPTO_UNSUPPORTED` where there is no `crypto.subtle`
 */
export function webcrypto(options: WebcryptoOptions = {}): SigningProvider {
  const { provider, subtle, features } = makeProvider(options, bareKeys)
  return { ...provider, importPrivateKey: (key) => webcryptoPrivateKey(key, subtle, features) }
}

/** Tries out what WebCrypto can do here (once; some milliseconds), and makes a provider of all that works. */
export async function detectWebcrypto(
  options: Omit<WebcryptoOptions, 'features'> = {},
): Promise<SigningProvider> {
  return webcrypto({ ...options, features: await probeWebcrypto(options.crypto) })
}

/** What WebCrypto can do here, found by trying it out once: for `webcrypto({ features })`. */
export async function probeWebcrypto(crypto: Crypto = globalThis.crypto): Promise<WebcryptoFeatures> {
  const subtle = subtleOf(crypto)
  const features = await probeFeatures(subtle)
  return (await takesBareEcKeys(subtle)) ? new Set([...features, 'bare EC keys']) : features
}

/**
 * The same cryptography for who shows no certificate of its own, as a page's client: without `importPrivateKey`, and
 * groups without `fromPrivateKey`. A bundle with nothing else of this package is some kB smaller.
 * @throws CryptoError `ERR_CRYPTO_UNSUPPORTED` where there is no `crypto.subtle`
 */
export function webcryptoWithoutPrivateKeys(options: WebcryptoOptions = {}): CryptoProvider {
  return makeProvider(options).provider
}

/** Of all that works, as {@link detectWebcrypto}, but without private keys. */
export async function detectWebcryptoWithoutPrivateKeys(
  options: Omit<WebcryptoOptions, 'features'> = {},
): Promise<CryptoProvider> {
  const features = await probeFeatures(subtleOf(options.crypto ?? globalThis.crypto))
  return webcryptoWithoutPrivateKeys({ ...options, features })
}

interface Made {
  readonly provider: CryptoProvider
  readonly subtle: SubtleCrypto
  readonly features: WebcryptoFeatures
}

function makeProvider(options: WebcryptoOptions, keys?: BareKeys): Made {
  const crypto = options.crypto ?? globalThis.crypto
  const subtle = subtleOf(crypto)
  const features = options.features ?? knownFeatures(subtle)
  const maxInFlight = options.maxInFlight ?? worthInFlight(crypto)
  const provider: CryptoProvider = {
    name: 'webcrypto',
    random: (length) => randomBytes(crypto, length),
    hashes: (['sha256', 'sha384', 'sha512'] as const).map((name) => webcryptoHash(name, subtle)),
    aeads: [
      aesGcm('aes-128-gcm', subtle, maxInFlight),
      aesGcm('aes-256-gcm', subtle, maxInFlight),
      ...(features.has('ChaCha20-Poly1305') ? [chaCha20Poly1305(subtle, maxInFlight)] : []),
    ],
    groups: webcryptoGroups(subtle, features, keys),
    signatures: webcryptoSignatures(subtle, features),
  }
  return { provider, subtle, features }
}

/** WebCrypto gives 65,536 bytes at once. */
function randomBytes(crypto: Crypto, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

/** Pages from plain http: have no `crypto.subtle`. */
function subtleOf(crypto: Partial<Crypto> | undefined): SubtleCrypto {
  if (crypto?.subtle) return crypto.subtle
  throw new CryptoError(
    'ERR_CRYPTO_UNSUPPORTED',
    inWords && 'there is no crypto.subtle here; is this a secure context?',
  )
}

/** Measured: browsers gain nothing from more than a few, Node's pool up to 16, and a JavaScript shim nothing at all. */
function worthInFlight(crypto: Crypto): number {
  if (crypto !== globalThis.crypto) return 2
  return globalThis.navigator?.userAgent?.startsWith('Mozilla/') ? 4 : 16
}
