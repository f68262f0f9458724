/** ML-KEM-768 (FIPS 203) of @noble/post-quantum, as a part of hybrid groups. */
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { CryptoError, plainSecret, type HybridPart, type KeyOffer } from '@mortise/crypto'
import { invalidShare } from './diffieHellman.ts'
import type { Random } from './random.ts'

/** Lengths in bytes. */
const encapsulationKeyLength = 1184
const ciphertextLength = 1088
/** `d || z`, of which key generation is made. */
const seedLength = 64
const messageLength = 32

export function nobleMlKem768(random: Random): HybridPart {
  const offerOf = (seed: Uint8Array): KeyOffer => {
    const { publicKey, secretKey } = ml_kem768.keygen(seed)
    let key: Uint8Array | undefined = secretKey
    return {
      share: publicKey,
      complete: (ciphertext) => {
        if (!key) throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', 'the ML-KEM key was destroyed')
        if (ciphertext.length !== ciphertextLength)
          throw invalidShare(
            `a ciphertext of ML-KEM-768 has ${ciphertextLength} bytes, this one ${ciphertext.length}`,
          )
        return plainSecret(ml_kem768.decapsulate(ciphertext, key))
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
    group: {
      approval: 'not-approved',
      offer: () => offerOf(random(seedLength)),
      respond: (encapsulationKey) => {
        try {
          // noble checks the length and the modulus of each coefficient (FIPS 203 §7.2)
          const { cipherText, sharedSecret } = ml_kem768.encapsulate(encapsulationKey, random(messageLength))
          return { share: cipherText, secret: plainSecret(sharedSecret.slice()) }
        } catch (cause) {
          throw invalidShare('not an encapsulation key of ML-KEM-768', cause)
        }
      },
      fromPrivateKey: (seed) => {
        if (seed.length !== seedLength)
          throw new CryptoError(
            'ERR_CRYPTO_INVALID_KEY',
            `a private key of ML-KEM-768 is d || z, ${seedLength} bytes`,
          )
        return offerOf(seed)
      },
    },
  }
}
