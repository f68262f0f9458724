/** ML-KEM (FIPS 203), where a runtime's WebCrypto has the modern algorithms. */
import {
  CryptoError,
  mlKemSeedLength,
  plainSecret,
  type HybridPart,
  type KeyOffer,
  type MlKemParameters,
} from '@mortise/crypto'
import { attempt, modern } from './subtle.ts'

export function mlKem(
  { name, encapsulationKey: encapsulationKeyLength, ciphertext: ciphertextLength }: MlKemParameters,
  webcrypto: SubtleCrypto,
): HybridPart {
  const subtle = modern(webcrypto)
  const algorithm = { name }
  const checkLength = (what: string, { length }: Uint8Array, expected: number): void => {
    if (length !== expected)
      throw new CryptoError(
        'ERR_CRYPTO_INVALID_KEY_SHARE',
        `${what} of ${name} has ${expected} bytes, this one ${length}`,
      )
  }

  const offerOf = async (privateKey: CryptoKey, publicKey: CryptoKey): Promise<KeyOffer> => {
    const share = new Uint8Array(await subtle.exportKey('raw-public', publicKey))
    let key: CryptoKey | undefined = privateKey
    return {
      share,
      complete: async (ciphertext) => {
        if (!key) throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', 'the ML-KEM key was destroyed')
        const own = key
        return attempt('ERR_CRYPTO_INVALID_KEY_SHARE', `not a ciphertext of ${name}`, async () => {
          checkLength('a ciphertext', ciphertext, ciphertextLength)
          return plainSecret(new Uint8Array(await subtle.decapsulateBits(algorithm, own, ciphertext)))
        })
      },
      destroy: () => {
        key = undefined
      },
    }
  }

  return {
    clientShare: encapsulationKeyLength,
    serverShare: ciphertextLength,
    privateKey: mlKemSeedLength,
    group: {
      approval: 'unknown',
      offer: () =>
        attempt('ERR_CRYPTO_OPERATION_FAILED', `making a key pair of ${name}`, async () => {
          const pair = await subtle.generateKey(algorithm, false, ['encapsulateBits', 'decapsulateBits'])
          return offerOf(pair.privateKey, pair.publicKey)
        }),
      respond: (share) =>
        attempt('ERR_CRYPTO_INVALID_KEY_SHARE', `not an encapsulation key of ${name}`, async () => {
          checkLength('an encapsulation key', share, encapsulationKeyLength)
          const key = await subtle.importKey('raw-public', share, algorithm, false, ['encapsulateBits'])
          const { ciphertext, sharedKey } = await subtle.encapsulateBits(algorithm, key)
          return { share: new Uint8Array(ciphertext), secret: plainSecret(new Uint8Array(sharedKey)) }
        }),
      fromPrivateKey: (seed) =>
        attempt('ERR_CRYPTO_INVALID_KEY', `a private key of ${name} is d || z, 64 bytes`, async () => {
          const key = await subtle.importKey('raw-seed', seed, algorithm, true, ['decapsulateBits'])
          return offerOf(key, await subtle.getPublicKey(key, ['encapsulateBits']))
        }),
    },
  }
}
