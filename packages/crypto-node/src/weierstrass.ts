/** ECDH on the NIST curves. Uncompressed points only (RFC 9846 §4.3.8.2), and the secret is x (§7.4.2). */
import { createECDH, type ECDH } from 'node:crypto'
import { leftPadded, type DiffieHellman } from './diffieHellman.ts'

/** @param length of a coordinate in bytes */
export function weierstrass(
  curve: 'prime256v1' | 'secp384r1' | 'secp521r1',
  length: number,
): DiffieHellman<ECDH> {
  const prepared = (prepare: (ecdh: ECDH) => void): ECDH => {
    const ecdh = createECDH(curve)
    prepare(ecdh)
    return ecdh
  }
  return {
    privateKeyLength: length,
    shareLength: 1 + 2 * length,
    generate: () => prepared((ecdh) => ecdh.generateKeys()),
    importKey: (privateKey) => prepared((ecdh) => ecdh.setPrivateKey(privateKey)),
    shareOf: (ecdh) => ecdh.getPublicKey(),
    sharedSecret: (ecdh, peerShare) => {
      // OpenSSL takes hybrid points (6 and 7) too. It checks that a point is on the curve.
      if (peerShare[0] !== 4) throw new RangeError('not an uncompressed point')
      return leftPadded(ecdh.computeSecret(peerShare), length)
    },
  }
}
