/** ML-KEM-768 (FIPS 203), where node:crypto has it (since OpenSSL 3.5). Its functions are newer than the oldest Node we support. */
import * as crypto from 'node:crypto'
import {
  CryptoError,
  plainSecret,
  type ApprovalStatus,
  type HybridPart,
  type KeyOffer,
} from '@mortise/crypto'
import { plainBytes } from './bytes.ts'
import { invalidShare } from './diffieHellman.ts'

/** Lengths in bytes. */
const encapsulationKeyLength = 1184
const ciphertextLength = 1088
/** `d || z`, of which a key is made. */
const seedLength = 64

const asymmetricKeyType = 'ml-kem-768'

type Key = crypto.KeyObject

interface MlKemFunctions {
  readonly generateKeyPairSync: (type: 'ml-kem-768') => { readonly privateKey: Key }
  readonly createPrivateKey: (input: {
    readonly key: Uint8Array
    readonly format: 'raw-seed'
    readonly asymmetricKeyType: 'ml-kem-768'
  }) => Key
  readonly createPublicKey: (
    input:
      | Key
      | { readonly key: Uint8Array; readonly format: 'raw-public'; readonly asymmetricKeyType: 'ml-kem-768' },
  ) => Key
  readonly encapsulate: (key: Key) => { readonly sharedKey: Uint8Array; readonly ciphertext: Uint8Array }
  readonly decapsulate: (key: Key, ciphertext: Uint8Array) => Uint8Array
}

export function nodeMlKem768(approval: ApprovalStatus): HybridPart | undefined {
  const functions = mlKemFunctions()
  if (!functions) return undefined
  const { generateKeyPairSync, createPrivateKey, createPublicKey, encapsulate, decapsulate } = functions

  const offerOf = (privateKey: Key): KeyOffer => {
    let key: Key | undefined = privateKey
    return {
      share: rawPublicKey(createPublicKey(privateKey)),
      complete: (ciphertext) => {
        if (!key) throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', 'the ML-KEM key was destroyed')
        if (ciphertext.length !== ciphertextLength)
          throw invalidShare(
            `a ciphertext of ML-KEM-768 has ${ciphertextLength} bytes, this one ${ciphertext.length}`,
          )
        return plainSecret(plainBytes(decapsulate(key, ciphertext)))
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
      offer: () => offerOf(generateKeyPairSync(asymmetricKeyType).privateKey),
      respond: (encapsulationKey) => {
        try {
          // OpenSSL checks the length and the modulus of each coefficient (FIPS 203 §7.2)
          const key = createPublicKey({ key: encapsulationKey, format: 'raw-public', asymmetricKeyType })
          const { sharedKey, ciphertext } = encapsulate(key)
          return { share: plainBytes(ciphertext), secret: plainSecret(plainBytes(sharedKey)) }
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
        return offerOf(createPrivateKey({ key: seed, format: 'raw-seed', asymmetricKeyType }))
      },
    },
  }
}

/** Old Nodes lack the functions; where they are there, OpenSSL may still lack the algorithm, or Node the raw formats. */
function mlKemFunctions(): MlKemFunctions | undefined {
  const functions = crypto as unknown as MlKemFunctions
  try {
    const { privateKey } = functions.generateKeyPairSync(asymmetricKeyType)
    const key = rawPublicKey(functions.createPublicKey(privateKey))
    const publicKey = functions.createPublicKey({ key, format: 'raw-public', asymmetricKeyType })
    const { ciphertext } = functions.encapsulate(publicKey)
    functions.decapsulate(privateKey, ciphertext)
    return functions
  } catch {
    return undefined
  }
}

/** `raw-public` is a format that the types of the oldest Node we support don't have. */
function rawPublicKey(key: Key): Uint8Array {
  const { export: exportAs } = key as unknown as { export: (options: { format: 'raw-public' }) => Uint8Array }
  return plainBytes(exportAs.call(key, { format: 'raw-public' }))
}
