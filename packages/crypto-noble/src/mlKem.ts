/** ML-KEM (FIPS 203) of @noble/post-quantum, alone and as a part of hybrid groups. */
import { ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import {
  CryptoError,
  mlKemSeedLength,
  plainSecret,
  type HybridPart,
  type KeyOffer,
  type MlKemParameters,
} from '@mortise/crypto'
import { invalidShare } from './diffieHellman.ts'
import type { Random } from './random.ts'

/** Of the randomness of an encapsulation, in bytes. */
const messageLength = 32

const implementations = { 'ML-KEM-768': ml_kem768, 'ML-KEM-1024': ml_kem1024 } as const

export function nobleMlKem(
  { name, encapsulationKey: encapsulationKeyLength, ciphertext: ciphertextLength }: MlKemParameters,
  random: Random,
): HybridPart {
  const kem = implementations[name]
  const offerOf = (seed: Uint8Array): KeyOffer => {
    const { publicKey, secretKey } = kem.keygen(seed)
    let key: Uint8Array | undefined = secretKey
    return {
      share: publicKey,
      complete: (ciphertext) => {
        if (!key) throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', 'the ML-KEM key was destroyed')
        if (ciphertext.length !== ciphertextLength)
          throw invalidShare(
            `a ciphertext of ${name} has ${ciphertextLength} bytes, this one ${ciphertext.length}`,
          )
        return plainSecret(kem.decapsulate(ciphertext, key))
      },
      destroy: () => {
        key?.fill(0)
        key = undefined
      },
    }
  }
  return {
    clientShare: encapsulationKeyLength,
    serverShare: ciphertextLength,
    privateKey: mlKemSeedLength,
    group: {
      approval: 'not-approved',
      offer: () => offerOf(random(mlKemSeedLength)),
      respond: (encapsulationKey) => {
        try {
          // noble checks the length and the modulus of each coefficient (FIPS 203 §7.2)
          const { cipherText, sharedSecret } = kem.encapsulate(encapsulationKey, random(messageLength))
          return { share: cipherText, secret: plainSecret(sharedSecret.slice()) }
        } catch (cause) {
          throw invalidShare(`not an encapsulation key of ${name}`, cause)
        }
      },
      fromPrivateKey: (seed) => {
        if (seed.length !== mlKemSeedLength)
          throw new CryptoError(
            'ERR_CRYPTO_INVALID_KEY',
            `a private key of ${name} is d || z, ${mlKemSeedLength} bytes`,
          )
        return offerOf(seed)
      },
    },
  }
}
