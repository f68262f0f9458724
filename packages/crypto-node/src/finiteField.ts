/**
 * Finite-field Diffie-Hellman on key objects. `createDiffieHellman` is no use here: it tests its prime each time, which
 * takes seconds, and these primes are known (RFC 7919).
 */
import { createPrivateKey, createPublicKey, diffieHellman, randomBytes, type KeyObject } from 'node:crypto'
import {
  fromBigInt,
  readFiniteFieldShare,
  writePrivateKeyInfo,
  writeSubjectPublicKeyInfo,
  type FiniteField,
} from '@mortise/crypto'
import {
  DerReader,
  readBitString,
  readOnly,
  readUnsigned,
  Tag,
  writeInteger,
  writeOid,
  writeSequence,
  writeUnsigned,
} from '@mortise/crypto/der'
import { leftPadded, type DiffieHellman } from './diffieHellman.ts'

/** dhKeyAgreement of PKCS #3, which is what OpenSSL reads. */
const dhKeyAgreement = '1.2.840.113549.1.3.1'

/** Every share and secret is as long as the prime, leading zeros kept (RFC 9846 §4.3.8.1, §7.4.1). */
export function finiteField(field: FiniteField): DiffieHellman<KeyObject> {
  let known: Uint8Array | undefined
  const algorithm = (): Uint8Array => (known ??= writeAlgorithm(field))
  const importKey = (exponent: Uint8Array): KeyObject => importPrivate(algorithm(), exponent)
  return {
    privateKeyLength: field.exponentLength,
    shareLength: field.length,
    generate: () => importKey(randomBytes(field.exponentLength)),
    importKey,
    shareOf: (key) => leftPadded(shareOf(key), field.length),
    sharedSecret: (privateKey, peerShare) => {
      readFiniteFieldShare(field, peerShare)
      const secret = diffieHellman({ privateKey, publicKey: importPublic(algorithm(), peerShare) })
      return leftPadded(secret, field.length)
    },
  }
}

/** AlgorithmIdentifier with the group's prime and its generator, 2. */
function writeAlgorithm({ prime, length }: FiniteField): Uint8Array {
  const parameters = writeSequence(writeUnsigned(fromBigInt(prime(), length)), writeInteger(2))
  return writeSequence(writeOid(dhKeyAgreement), parameters)
}

function importPrivate(algorithm: Uint8Array, exponent: Uint8Array): KeyObject {
  const pkcs8 = writePrivateKeyInfo(algorithm, writeUnsigned(exponent))
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
}

function importPublic(algorithm: Uint8Array, share: Uint8Array): KeyObject {
  const spki = writeSubjectPublicKeyInfo(algorithm, writeUnsigned(share))
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
}

function shareOf(privateKey: KeyObject): Uint8Array {
  const spki = new DerReader(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })).reader()
  spki.any()
  const { bytes } = readBitString(spki.content(Tag.bitString))
  return readUnsigned(readOnly(bytes, Tag.integer))
}
