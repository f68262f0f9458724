/** The curves of RFC 9846 §4.3.7. */
import { NamedGroup } from '@mortise/wire'
import type { DiffieHellman } from './diffieHellman.ts'

export const curves: Readonly<Record<DiffieHellman['name'], DiffieHellman>> = {
  secp256r1: {
    group: NamedGroup.secp256r1,
    name: 'secp256r1',
    algorithm: { name: 'ECDH', namedCurve: 'P-256' },
    secretLength: 32,
    shareLength: 65,
  },
  secp384r1: {
    group: NamedGroup.secp384r1,
    name: 'secp384r1',
    algorithm: { name: 'ECDH', namedCurve: 'P-384' },
    secretLength: 48,
    shareLength: 97,
  },
  secp521r1: {
    group: NamedGroup.secp521r1,
    name: 'secp521r1',
    algorithm: { name: 'ECDH', namedCurve: 'P-521' },
    secretLength: 66,
    shareLength: 133,
  },
  x25519: {
    group: NamedGroup.x25519,
    name: 'x25519',
    algorithm: { name: 'X25519' },
    secretLength: 32,
    shareLength: 32,
  },
  x448: {
    group: NamedGroup.x448,
    name: 'x448',
    algorithm: { name: 'X448' },
    secretLength: 56,
    shareLength: 56,
  },
}
