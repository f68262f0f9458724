/** What all groups of Diffie-Hellman have in common: lengths are checked first, and every failure is a CryptoError. */
import { CryptoError, plainSecret, type KeyExchangeGroup, type KeyOffer, type Secret } from '@mortise/crypto'
import { NamedGroup } from '@mortise/wire'
import { plainBytes } from './bytes.ts'

export interface DiffieHellman<Key> {
  /** Lengths in bytes. */
  readonly privateKeyLength: number
  readonly shareLength: number
  readonly generate: () => Key
  /** Throws anything if the private key is out of range. */
  readonly importKey: (privateKey: Uint8Array) => Key
  readonly shareOf: (key: Key) => Uint8Array
  /** Throws anything if the peer's share, which has `shareLength` bytes, is invalid. */
  readonly sharedSecret: (key: Key, peerShare: Uint8Array) => Uint8Array
}

interface SyncKeyOffer extends KeyOffer {
  readonly complete: (peerShare: Uint8Array) => Secret
}

export function diffieHellmanGroup<Key>(
  name: keyof typeof NamedGroup,
  { privateKeyLength, shareLength, generate, importKey, shareOf, sharedSecret }: DiffieHellman<Key>,
  approval: KeyExchangeGroup['approval'],
): KeyExchangeGroup {
  const offerOf = (privateKey: Key): SyncKeyOffer => {
    let key: Key | undefined = privateKey
    return {
      share: plainBytes(shareOf(privateKey)),
      complete: (peerShare) => {
        if (key === undefined)
          throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', `the private key of ${name} was destroyed`)
        if (peerShare.length !== shareLength)
          throw invalidShare(`a share of ${name} has ${shareLength} bytes, this one ${peerShare.length}`)
        try {
          return plainSecret(plainBytes(sharedSecret(key, peerShare)))
        } catch (cause) {
          throw invalidShare(`not a share of ${name}`, cause)
        }
      },
      destroy: () => {
        key = undefined
      },
    }
  }
  return {
    group: NamedGroup[name],
    name,
    approval,
    offer: () => offerOf(generate()),
    respond: (peerShare) => {
      const { share, complete } = offerOf(generate())
      return { share, secret: complete(peerShare) }
    },
    fromPrivateKey: (privateKey) => {
      try {
        if (privateKey.length === privateKeyLength) return offerOf(importKey(privateKey))
      } catch (cause) {
        throw new CryptoError('ERR_CRYPTO_INVALID_KEY', `not a private key of ${name}`, { cause })
      }
      throw new CryptoError(
        'ERR_CRYPTO_INVALID_KEY',
        `a private key of ${name} has ${privateKeyLength} bytes, this one ${privateKey.length}`,
      )
    },
  }
}

export function invalidShare(message: string, cause?: unknown): CryptoError {
  return new CryptoError('ERR_CRYPTO_INVALID_KEY_SHARE', message, { cause })
}

/** Bytes of a number, with zeros on the left up to `length`. */
export function leftPadded(bytes: Uint8Array, length: number): Uint8Array {
  const padded = new Uint8Array(length)
  padded.set(bytes, length - bytes.length)
  return padded
}
