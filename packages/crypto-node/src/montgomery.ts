/**
 * X25519 and X448 (RFC 7748) on key objects. Keys go in and out as JWK (RFC 8037 §2), not as DER: OpenSSL's decoders and
 * encoders cost as much as the multiplication itself, on Node 20 twice as much.
 */
import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { CryptoError } from '@mortise/crypto'
import type { DiffieHellman } from './diffieHellman.ts'

/** What stands before a bare private key in PKCS #8 (RFC 8410 §7), which works its public half out; a JWK must have both. */
const pkcs8Prefixes = {
  x25519: '302e020100300506032b656e04220420',
  x448: '3046020100300506032b656f043a0438',
} as const

interface KeyPair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** @param length of a private key, a share and a secret in bytes */
export function montgomery(curve: 'x25519' | 'x448', length: number): DiffieHellman<KeyPair> {
  const crv = curve === 'x25519' ? 'X25519' : 'X448'
  return {
    privateKeyLength: length,
    shareLength: length,
    generate: () => generateMontgomeryKeys(curve),
    importKey: (bytes) => {
      const key = Buffer.concat([Buffer.from(pkcs8Prefixes[curve], 'hex'), bytes])
      const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
      return { privateKey, publicKey: createPublicKey(privateKey) }
    },
    shareOf: ({ publicKey }) => {
      const { x } = publicKey.export({ format: 'jwk' })
      const share = Buffer.from(x ?? '', 'base64url')
      if (share.length !== length)
        throw new CryptoError('ERR_CRYPTO_OPERATION_FAILED', `a key of ${curve} without its share`)
      return share
    },
    sharedSecret: ({ privateKey }, peerShare) => {
      const x = Buffer.from(peerShare.buffer, peerShare.byteOffset, length).toString('base64url')
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv, x }, format: 'jwk' })
      const secret = diffieHellman({ privateKey, publicKey })
      // RFC 9846 §7.4.2: the all-zero value is that of a share of low order. OpenSSL refuses it itself.
      if (secret.every((byte) => byte === 0)) throw new RangeError('a share of low order')
      return secret
    },
  }
}

/** Throws where this runtime doesn't have the curve. */
export function generateMontgomeryKeys(curve: 'x25519' | 'x448'): KeyPair {
  // The types have one overload for each
  return curve === 'x25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('x448')
}
