/** ECDH on the NIST curves, X25519 and X448 with WebCrypto. */
import { CryptoError, plainSecret, type KeyExchangeGroup, type KeyOffer, type Secret } from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { attempt, source } from './subtle.ts'

export interface DiffieHellman {
  /** NamedGroup code point. */
  readonly group: number
  readonly name: 'secp256r1' | 'secp384r1' | 'secp521r1' | 'x25519' | 'x448'
  readonly algorithm: EcKeyAlgorithm | KeyAlgorithm
  /** Lengths in bytes. */
  readonly secretLength: number
  readonly shareLength: number
}

export function diffieHellmanGroup(exchange: DiffieHellman, subtle: SubtleCrypto): KeyExchangeGroup {
  const { group, name, algorithm } = exchange
  const generate = (): Promise<CryptoKeyPair> =>
    attempt('ERR_CRYPTO_OPERATION_FAILED', inWords && `making a key pair of ${name}`, async () => {
      // The types of TypeScript know no name of an algorithm but those of the first edition
      return (await subtle.generateKey(algorithm, false, ['deriveBits'])) as CryptoKeyPair
    })
  return {
    group,
    name,
    approval: 'unknown',
    offer: async () => {
      const { privateKey, publicKey } = await generate()
      return offerOf(exchange, subtle, privateKey, await rawPublicKey(exchange, subtle, publicKey))
    },
    respond: async (peerShare) => {
      const peer = await importShare(exchange, subtle, peerShare)
      const { privateKey, publicKey } = await generate()
      const [share, secret] = await Promise.all([
        rawPublicKey(exchange, subtle, publicKey),
        derive(exchange, subtle, privateKey, peer),
      ])
      return { share, secret }
    },
  }
}

export function offerOf(
  exchange: DiffieHellman,
  subtle: SubtleCrypto,
  privateKey: CryptoKey,
  share: Uint8Array,
): KeyOffer {
  let key: CryptoKey | undefined = privateKey
  return {
    share,
    complete: async (peerShare) => {
      if (!key)
        throw new CryptoError(
          'ERR_CRYPTO_SECRET_DESTROYED',
          inWords && `the private key of ${exchange.name} was destroyed`,
        )
      const own = key
      return derive(exchange, subtle, own, await importShare(exchange, subtle, peerShare))
    },
    destroy: () => {
      key = undefined
    },
  }
}

/** A peer's share. Implementations take compressed points too, which TLS 1.3 does not know (RFC 9846 §4.3.8.2). */
function importShare(
  { name, algorithm, shareLength }: DiffieHellman,
  subtle: SubtleCrypto,
  share: Uint8Array,
): Promise<CryptoKey> {
  return attempt('ERR_CRYPTO_INVALID_KEY_SHARE', inWords && `not a share of ${name}`, () => {
    const uncompressed = !('namedCurve' in algorithm) || share[0] === 4
    if (share.length !== shareLength || !uncompressed)
      throw new CryptoError(
        'ERR_CRYPTO_INVALID_KEY_SHARE',
        inWords && `a share of ${name} has ${shareLength} bytes, this one ${share.length}`,
      )
    return subtle.importKey('raw', source(share), algorithm, true, [])
  })
}

function derive(
  { name, algorithm, secretLength }: DiffieHellman,
  subtle: SubtleCrypto,
  privateKey: CryptoKey,
  peer: CryptoKey,
): Promise<Secret> {
  return attempt('ERR_CRYPTO_INVALID_KEY_SHARE', inWords && `not a share of ${name}`, async () => {
    const bits = await subtle.deriveBits({ name: algorithm.name, public: peer }, privateKey, 8 * secretLength)
    const bytes = new Uint8Array(bits)
    // RFC 9846 §7.4.2: the zero value is that of a share of low order. Most implementations refuse it themselves.
    if (!('namedCurve' in algorithm) && bytes.every((byte) => byte === 0))
      throw new CryptoError('ERR_CRYPTO_INVALID_KEY_SHARE', inWords && `a share of ${name} of low order`)
    return plainSecret(bytes)
  })
}

function rawPublicKey(
  { name }: DiffieHellman,
  subtle: SubtleCrypto,
  publicKey: CryptoKey,
): Promise<Uint8Array> {
  return attempt(
    'ERR_CRYPTO_OPERATION_FAILED',
    inWords && `exporting a key of ${name}`,
    async () => new Uint8Array(await subtle.exportKey('raw', publicKey)),
  )
}
