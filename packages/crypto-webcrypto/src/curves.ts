/** The curves of RFC 9846 §4.3.7. */
import type { DiffieHellman } from './diffieHellman.ts'

// prettier-ignore
export const curves: Readonly<Record<DiffieHellman['name'], DiffieHellman>> = {
  secp256r1: {
    name: 'secp256r1', algorithm: { name: 'ECDH', namedCurve: 'P-256' }, secretLength: 32, shareLength: 65,
    pkcs8Prefix: '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420',
  },
  secp384r1: {
    name: 'secp384r1', algorithm: { name: 'ECDH', namedCurve: 'P-384' }, secretLength: 48, shareLength: 97,
    pkcs8Prefix: '304e020100301006072a8648ce3d020106052b81040022043730350201010430',
  },
  secp521r1: {
    name: 'secp521r1', algorithm: { name: 'ECDH', namedCurve: 'P-521' }, secretLength: 66, shareLength: 133,
    pkcs8Prefix: '3060020100301006072a8648ce3d020106052b81040023044930470201010442',
  },
  x25519: {
    name: 'x25519', algorithm: { name: 'X25519' }, secretLength: 32, shareLength: 32,
    pkcs8Prefix: '302e020100300506032b656e04220420',
  },
  x448: {
    name: 'x448', algorithm: { name: 'X448' }, secretLength: 56, shareLength: 56,
    pkcs8Prefix: '3046020100300506032b656f043a0438',
  },
}
