/** How WebCrypto is told what a signature algorithm is. A key is imported for one hash; there are as many keys as hashes. */
import type { SignatureDescriptor } from '@mortise/crypto'
import type { WebcryptoFeatures } from './features.ts'
import { algorithmOf, hashLengthOf } from './hash.ts'

/** For `importKey`; also what `CryptoKey.algorithm` says of a key that fits. */
export type KeyParameters =
  | { readonly name: 'ECDSA'; readonly namedCurve: 'P-256' | 'P-384' | 'P-521' }
  | { readonly name: 'RSA-PSS' | 'RSASSA-PKCS1-v1_5'; readonly hash: string }
  | { readonly name: 'Ed25519' | 'Ed448' }

export function keyParameters({ key, hash, padding }: SignatureDescriptor): KeyParameters {
  switch (key.type) {
    case 'ec':
      return { name: 'ECDSA', namedCurve: key.curve }
    case 'ed25519':
      return { name: 'Ed25519' }
    case 'ed448':
      return { name: 'Ed448' }
    default:
      return {
        name: padding === 'pkcs1' ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS',
        hash: hash ? algorithmOf(hash) : '',
      }
  }
}

/** For `sign` and `verify`: the salt of PSS has the length of the hash (RFC 9846 §4.3.3). */
export function signingParameters(descriptor: SignatureDescriptor): Algorithm | EcdsaParams | RsaPssParams {
  const { name } = keyParameters(descriptor)
  if (!descriptor.hash) return { name }
  if (name === 'ECDSA') return { name, hash: algorithmOf(descriptor.hash) }
  return name === 'RSA-PSS' ? { name, saltLength: hashLengthOf(descriptor.hash) } : { name }
}

/** RSA is everywhere. */
export function isOffered({ key }: SignatureDescriptor, features: WebcryptoFeatures): boolean {
  switch (key.type) {
    case 'ec':
      return features.has(`ECDSA ${key.curve}`)
    case 'ed25519':
      return features.has('Ed25519')
    case 'ed448':
      return features.has('Ed448')
    default:
      return true
  }
}
