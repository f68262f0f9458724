/** ML-KEM-768, where node:crypto has it (since OpenSSL 3.5). Its functions are newer than the oldest Node we support. */
import * as crypto from 'node:crypto'
import {
  CryptoError,
  plainSecret,
  type ApprovalStatus,
  type HybridPart,
  type KeyOffer,
} from '@mortise/crypto'

/** Lengths in bytes (FIPS 203). */
const encapsulationKeyLength = 1184
const ciphertextLength = 1088

type Key = crypto.KeyObject

interface MlKemFunctions {
  readonly generateKeyPairSync: (type: 'ml-kem-768') => { publicKey: Key; privateKey: Key }
  readonly createPublicKey: (input: {
    key: Uint8Array
    format: 'raw-public'
    asymmetricKeyType: 'ml-kem-768'
  }) => Key
  readonly encapsulate: (key: Key) => { sharedKey: Uint8Array; ciphertext: Uint8Array }
  readonly decapsulate: (key: Key, ciphertext: Uint8Array) => Uint8Array
}

export function nodeMlKem768(approval: ApprovalStatus): HybridPart | undefined {
  const functions = crypto as unknown as Partial<MlKemFunctions>
  if (!functions.encapsulate || !functions.decapsulate) return undefined
  const { generateKeyPairSync, createPublicKey, encapsulate, decapsulate } = functions as MlKemFunctions
  try {
    generateKeyPairSync('ml-kem-768')
  } catch {
    return undefined // the functions are there, but this OpenSSL has no ML-KEM
  }

  const offer = (): KeyOffer => {
    const { publicKey, privateKey } = generateKeyPairSync('ml-kem-768')
    let key: Key | undefined = privateKey
    return {
      share: rawPublicKey(publicKey),
      complete: (ciphertext) => {
        if (ciphertext.length !== ciphertextLength || !key) throw invalid('a ciphertext')
        return plainSecret(decapsulate(key, ciphertext))
      },
      destroy: () => {
        key = undefined
      },
    }
  }
  return {
    clientShare: encapsulationKeyLength,
    serverShare: ciphertextLength,
    group: {
      approval,
      offer,
      respond: (encapsulationKey) => {
        if (encapsulationKey.length !== encapsulationKeyLength) throw invalid('an encapsulation key')
        try {
          const key = createPublicKey({
            key: encapsulationKey,
            format: 'raw-public',
            asymmetricKeyType: 'ml-kem-768',
          })
          const { sharedKey, ciphertext } = encapsulate(key)
          return { share: ciphertext, secret: plainSecret(sharedKey) }
        } catch (cause) {
          throw invalid('an encapsulation key', cause)
        }
      },
    },
  }
}

function invalid(what: string, cause?: unknown): CryptoError {
  return new CryptoError('ERR_CRYPTO_INVALID_KEY_SHARE', `not ${what} of ML-KEM-768`, { cause })
}

/** `raw-public` is a format that the types of the oldest Node we support don't have. */
function rawPublicKey(key: Key): Uint8Array {
  const { export: exportAs } = key as unknown as { export: (options: { format: 'raw-public' }) => Uint8Array }
  return exportAs.call(key, { format: 'raw-public' })
}
