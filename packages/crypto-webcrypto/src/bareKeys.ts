/**
 * `fromPrivateKey` of the groups, for known-answer tests. It stands apart so that a page's client comes without it.
 */
import {
  CryptoError,
  hybridGroup,
  type KeyExchangeGroup,
  type KeyOffer,
  type MlKemParameters,
} from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { curves } from './curves.ts'
import { offerOf, type DiffieHellman } from './diffieHellman.ts'
import type { WebcryptoFeatures } from './features.ts'
import { jwkPublicKey } from './jwk.ts'
import { mlKemOffer } from './mlKem.ts'
import { attempt, modern } from './subtle.ts'

/** How groups come by `fromPrivateKey`. */
export interface BareKeys {
  readonly exchange: (
    exchange: DiffieHellman,
    subtle: SubtleCrypto,
    features: WebcryptoFeatures,
  ) => Pick<KeyExchangeGroup, 'fromPrivateKey'>
  readonly kem: (
    parameters: MlKemParameters,
    subtle: SubtleCrypto,
  ) => Pick<KeyExchangeGroup, 'fromPrivateKey'>
  readonly hybrid: typeof hybridGroup
}

export const bareKeys: BareKeys = {
  exchange: (exchange, subtle, features) =>
    'namedCurve' in exchange.algorithm && !features.has('bare EC keys')
      ? {}
      : { fromPrivateKey: (privateKey) => importBareKey(exchange, subtle, privateKey) },
  kem: (parameters, subtle) => ({
    fromPrivateKey: (seed) => importSeed(parameters, subtle, seed),
  }),
  hybrid: hybridGroup,
}

const tried = /* @__PURE__ */ new WeakMap<SubtleCrypto, Promise<boolean>>()

/** Whether an EC key without its public half can be imported and gives that back; tried out once for each `SubtleCrypto`. */
export function takesBareEcKeys(subtle: SubtleCrypto): Promise<boolean> {
  const known = tried.get(subtle)
  if (known) return known
  const takes = importBareKey(curves.secp256r1, subtle, new Uint8Array(32).fill(1)).then(
    ({ share }) => share.length === curves.secp256r1.shareLength,
    () => false,
  )
  tried.set(subtle, takes)
  return takes
}

/** What stands before a bare private key in PKCS #8 (RFC 5958; RFC 5915 without a public key, RFC 8410), in hexadecimal. */
const pkcs8Prefixes: Readonly<Record<DiffieHellman['name'], string>> = {
  secp256r1: '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420',
  secp384r1: '304e020100301006072a8648ce3d020106052b81040022043730350201010430',
  secp521r1: '3060020100301006072a8648ce3d020106052b81040023044930470201010442',
  x25519: '302e020100300506032b656e04220420',
  x448: '3046020100300506032b656f043a0438',
}

/** The only way from a private key to its public one leads over JWK, which has both. */
function importBareKey(
  exchange: DiffieHellman,
  subtle: SubtleCrypto,
  privateKey: Uint8Array,
): Promise<KeyOffer> {
  const { name, algorithm, secretLength, shareLength } = exchange
  return attempt('ERR_CRYPTO_INVALID_KEY', inWords && `not a private key of ${name}`, async () => {
    if (privateKey.length !== secretLength)
      throw new CryptoError(
        'ERR_CRYPTO_INVALID_KEY',
        inWords && `a private key of ${name} has ${secretLength} bytes`,
      )
    const pkcs8 = Uint8Array.of(...fromHex(pkcs8Prefixes[name]), ...privateKey)
    const key = await subtle.importKey('pkcs8', pkcs8, algorithm, true, ['deriveBits'])
    const { x = '', y } = await subtle.exportKey('jwk', key)
    const share = jwkPublicKey(x, y)
    if (share.length !== shareLength)
      throw new CryptoError(
        'ERR_CRYPTO_UNSUPPORTED',
        inWords && `no public key comes of a private key of ${name}`,
      )
    return offerOf(exchange, subtle, key, share)
  })
}

function importSeed(
  parameters: MlKemParameters,
  webcrypto: SubtleCrypto,
  seed: Uint8Array,
): Promise<KeyOffer> {
  const subtle = modern(webcrypto)
  const { name } = parameters
  return attempt(
    'ERR_CRYPTO_INVALID_KEY',
    inWords && `a private key of ${name} is d || z, 64 bytes`,
    async () => {
      const key = await subtle.importKey('raw-seed', seed, { name }, true, ['decapsulateBits'])
      return mlKemOffer(parameters, webcrypto, key, await subtle.getPublicKey(key, ['encapsulateBits']))
    },
  )
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  )
}
