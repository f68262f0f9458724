/** X25519 and X448 (RFC 7748) on key objects, which want DER (RFC 8410). */
import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import type { DiffieHellman } from './diffieHellman.ts'

/** What stands before the raw key in PKCS #8 and in SubjectPublicKeyInfo. */
const derPrefixes = {
  x25519: { pkcs8: '302e020100300506032b656e04220420', spki: '302a300506032b656e032100' },
  x448: { pkcs8: '3046020100300506032b656f043a0438', spki: '3042300506032b656f033900' },
} as const

/** @param length of a private key, a share and a secret in bytes */
export function montgomery(curve: 'x25519' | 'x448', length: number): DiffieHellman<KeyObject> {
  const pkcs8Prefix = Buffer.from(derPrefixes[curve].pkcs8, 'hex')
  const spkiPrefix = Buffer.from(derPrefixes[curve].spki, 'hex')
  return {
    privateKeyLength: length,
    shareLength: length,
    generate: () => generateMontgomeryKey(curve),
    importKey: (privateKey) =>
      createPrivateKey({ key: Buffer.concat([pkcs8Prefix, privateKey]), format: 'der', type: 'pkcs8' }),
    shareOf: (key) =>
      createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spkiPrefix.length),
    sharedSecret: (privateKey, peerShare) => {
      const key = Buffer.concat([spkiPrefix, peerShare])
      const publicKey = createPublicKey({ key, format: 'der', type: 'spki' })
      const secret = diffieHellman({ privateKey, publicKey })
      // RFC 9846 §7.4.2: the all-zero value is that of a share of low order. OpenSSL refuses it itself.
      if (secret.every((byte) => byte === 0)) throw new RangeError('a share of low order')
      return secret
    },
  }
}

/** Throws where this runtime doesn't have the curve. */
export function generateMontgomeryKey(curve: 'x25519' | 'x448'): KeyObject {
  // The types have one overload for each
  const { privateKey } = curve === 'x25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('x448')
  return privateKey
}
