/** What all groups of Diffie-Hellman have in common: keys are bytes, and lengths are checked before anything else. */
import { CryptoError, plainSecret, type KeyExchangeGroup, type KeyOffer, type Secret } from '@mortise/crypto'
import type { NamedGroup } from '@mortise/wire'

export interface DiffieHellman {
  readonly privateKeyLength: number
  /** Length of a public key in bytes, in the only form that TLS 1.3 knows. */
  readonly shareLength: number
  readonly generate: () => Uint8Array
  /** Throws anything if the private key is out of range. */
  readonly publicKey: (privateKey: Uint8Array) => Uint8Array
  /** Throws anything if the peer's share is invalid. `peerShare` has `shareLength` bytes. */
  readonly sharedSecret: (privateKey: Uint8Array, peerShare: Uint8Array) => Uint8Array
}

interface SyncKeyOffer extends KeyOffer {
  readonly complete: (peerShare: Uint8Array) => Secret
}

export function diffieHellmanGroup(
  name: keyof typeof NamedGroup,
  group: number,
  { privateKeyLength, shareLength, generate, publicKey, sharedSecret }: DiffieHellman,
): KeyExchangeGroup {
  const offerOf = (privateKey: Uint8Array): SyncKeyOffer => {
    let key: Uint8Array | undefined = privateKey
    return {
      share: publicKey(privateKey),
      complete: (peerShare) => {
        if (!key)
          throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', `the private key of ${name} was destroyed`)
        if (peerShare.length !== shareLength)
          throw invalidShare(`a share of ${name} has ${shareLength} bytes, this one ${peerShare.length}`)
        try {
          return plainSecret(sharedSecret(key, peerShare))
        } catch (cause) {
          throw invalidShare(`not a share of ${name}`, cause)
        }
      },
      destroy: () => {
        key?.fill(0)
        key = undefined
      },
    }
  }
  return {
    group,
    name,
    approval: 'not-approved',
    offer: () => offerOf(generate()),
    respond: (peerShare) => {
      const own = offerOf(generate())
      try {
        return { share: own.share, secret: own.complete(peerShare) }
      } finally {
        own.destroy()
      }
    },
    fromPrivateKey: (privateKey) => {
      if (privateKey.length !== privateKeyLength)
        throw new CryptoError(
          'ERR_CRYPTO_INVALID_KEY',
          `a private key of ${name} has ${privateKeyLength} bytes`,
        )
      try {
        return offerOf(privateKey.slice())
      } catch (cause) {
        throw new CryptoError('ERR_CRYPTO_INVALID_KEY', `not a private key of ${name}`, { cause })
      }
    },
  }
}

export function invalidShare(message: string, cause?: unknown): CryptoError {
  return new CryptoError('ERR_CRYPTO_INVALID_KEY_SHARE', message, { cause })
}
