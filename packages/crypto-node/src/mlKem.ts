/** ML-KEM (FIPS 203), where node:crypto has it (since OpenSSL 3.5). Its functions are newer than the oldest Node we support. */
import * as crypto from 'node:crypto'
import {
  CryptoError,
  plainSecret,
  type ApprovalStatus,
  type HybridPart,
  type KeyOffer,
  type MlKemParameters,
  mlKemSeedLength,
} from '@mortise/crypto'
import { plainBytes } from './bytes.ts'
import { invalidShare } from './diffieHellman.ts'

type Key = crypto.KeyObject

type KeyType = 'ml-kem-768' | 'ml-kem-1024'

const keyTypes: Readonly<Record<MlKemParameters['name'], KeyType>> = {
  'ML-KEM-768': 'ml-kem-768',
  'ML-KEM-1024': 'ml-kem-1024',
}

interface MlKemFunctions {
  readonly generateKeyPairSync: (type: KeyType) => { readonly privateKey: Key }
  readonly createPrivateKey: (input: {
    readonly key: Uint8Array
    readonly format: 'raw-seed'
    readonly asymmetricKeyType: KeyType
  }) => Key
  readonly createPublicKey: (
    input:
      | Key
      | { readonly key: Uint8Array; readonly format: 'raw-public'; readonly asymmetricKeyType: KeyType },
  ) => Key
  readonly encapsulate: (key: Key) => { readonly sharedKey: Uint8Array; readonly ciphertext: Uint8Array }
  readonly decapsulate: (key: Key, ciphertext: Uint8Array) => Uint8Array
}

/** `undefined` where this runtime does not have it. */
export function nodeMlKem(
  { name, encapsulationKey: encapsulationKeyLength, ciphertext: ciphertextLength }: MlKemParameters,
  approval: ApprovalStatus,
): HybridPart | undefined {
  const asymmetricKeyType = keyTypes[name]
  const functions = mlKemFunctions(asymmetricKeyType)
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
            `a ciphertext of ${name} has ${ciphertextLength} bytes, this one ${ciphertext.length}`,
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
    privateKey: mlKemSeedLength,
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
          throw invalidShare(`not an encapsulation key of ${name}`, cause)
        }
      },
      fromPrivateKey: (seed) => {
        if (seed.length !== mlKemSeedLength)
          throw new CryptoError(
            'ERR_CRYPTO_INVALID_KEY',
            `a private key of ${name} is d || z, ${mlKemSeedLength} bytes`,
          )
        return offerOf(createPrivateKey({ key: seed, format: 'raw-seed', asymmetricKeyType }))
      },
    },
  }
}

/** Old Nodes lack the functions; where they are there, OpenSSL may still lack the algorithm, or Node the raw formats. */
function mlKemFunctions(asymmetricKeyType: KeyType): MlKemFunctions | undefined {
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
