/** ML-KEM (FIPS 203), where a runtime's WebCrypto has the modern algorithms. */
import {
  CryptoError,
  mlKemSeedLength,
  plainSecret,
  type HybridPart,
  type KeyOffer,
  type MlKemParameters,
} from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { attempt, modern } from './subtle.ts'

export function mlKem(parameters: MlKemParameters, subtle: SubtleCrypto): HybridPart {
  const { name, encapsulationKey, ciphertext: ciphertextLength } = parameters
  const kem = modern(subtle)
  return {
    clientShare: encapsulationKey,
    serverShare: ciphertextLength,
    privateKey: mlKemSeedLength,
    group: {
      approval: 'unknown',
      offer: () =>
        attempt('ERR_CRYPTO_OPERATION_FAILED', inWords && `making a key pair of ${name}`, async () => {
          const pair = await kem.generateKey({ name }, false, ['encapsulateBits', 'decapsulateBits'])
          return mlKemOffer(parameters, subtle, pair.privateKey, pair.publicKey)
        }),
      respond: (share) =>
        attempt(
          'ERR_CRYPTO_INVALID_KEY_SHARE',
          inWords && `not an encapsulation key of ${name}`,
          async () => {
            checkLength(inWords && `an encapsulation key of ${name}`, share, encapsulationKey)
            const key = await kem.importKey('raw-public', share, { name }, false, ['encapsulateBits'])
            const { ciphertext, sharedKey } = await kem.encapsulateBits({ name }, key)
            return { share: new Uint8Array(ciphertext), secret: plainSecret(new Uint8Array(sharedKey)) }
          },
        ),
    },
  }
}

export async function mlKemOffer(
  { name, ciphertext: ciphertextLength }: MlKemParameters,
  subtle: SubtleCrypto,
  privateKey: CryptoKey,
  publicKey: CryptoKey,
): Promise<KeyOffer> {
  const kem = modern(subtle)
  const share = new Uint8Array(await kem.exportKey('raw-public', publicKey))
  let key: CryptoKey | undefined = privateKey
  return {
    share,
    complete: async (ciphertext) => {
      if (!key)
        throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', inWords && 'the ML-KEM key was destroyed')
      const own = key
      return attempt('ERR_CRYPTO_INVALID_KEY_SHARE', inWords && `not a ciphertext of ${name}`, async () => {
        checkLength(inWords && `a ciphertext of ${name}`, ciphertext, ciphertextLength)
        return plainSecret(new Uint8Array(await kem.decapsulateBits({ name }, own, ciphertext)))
      })
    },
    destroy: () => {
      key = undefined
    },
  }
}

function checkLength(what: string | false, { length }: Uint8Array, expected: number): void {
  if (length !== expected)
    throw new CryptoError(
      'ERR_CRYPTO_INVALID_KEY_SHARE',
      what && `${what} has ${expected} bytes, this one ${length}`,
    )
}
