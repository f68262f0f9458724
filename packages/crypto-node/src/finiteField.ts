/**
 * Finite-field Diffie-Hellman on key objects. `createDiffieHellman` is no use here: it tests its prime each time, which
 * takes seconds, and these primes are known (RFC 7919).
 */
import { createPrivateKey, createPublicKey, diffieHellman, randomBytes, type KeyObject } from 'node:crypto'
import {
  CryptoError,
  fromBigInt,
  plainSecret,
  readFiniteFieldShare,
  type FiniteField,
  type KeyOffer,
} from '@mortise/crypto'
import {
  DerReader,
  readBitString,
  readOnly,
  readUnsigned,
  Tag,
  writeBitString,
  writeInteger,
  writeOctetString,
  writeOid,
  writeSequence,
  writeUnsigned,
} from '@mortise/crypto/der'

/** dhKeyAgreement of PKCS #3, which is what OpenSSL reads. */
const dhKeyAgreement = '1.2.840.113549.1.3.1'

/** Every share and secret is as long as the prime, leading zeros kept (RFC 9846 §4.3.8.1, §7.4.1). */
export function finiteField(field: FiniteField): {
  readonly offer: () => KeyOffer
  readonly fromPrivateKey: (privateKey: Uint8Array) => KeyOffer
} {
  const fromPrivateKey = (exponent: Uint8Array): KeyOffer => {
    let privateKey: KeyObject | undefined = importPrivate(field, exponent)
    return {
      share: leftPadded(shareOf(privateKey), field.length),
      complete: (peerShare) => {
        readFiniteFieldShare(field, peerShare)
        if (!privateKey)
          throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', `the offer of ${field.name} was destroyed`)
        const secret = diffieHellman({ privateKey, publicKey: importPublic(field, peerShare) })
        return plainSecret(leftPadded(secret, field.length))
      },
      destroy: () => {
        privateKey = undefined
      },
    }
  }
  return { offer: () => fromPrivateKey(randomBytes(field.exponentLength)), fromPrivateKey }
}

/** AlgorithmIdentifier with the group's prime and its generator, 2. */
function algorithm({ prime, length }: FiniteField): Uint8Array {
  const parameters = writeSequence(writeUnsigned(fromBigInt(prime(), length)), writeInteger(2))
  return writeSequence(writeOid(dhKeyAgreement), parameters)
}

function importPrivate(field: FiniteField, exponent: Uint8Array): KeyObject {
  const pkcs8 = writeSequence(writeInteger(0), algorithm(field), writeOctetString(writeUnsigned(exponent)))
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
}

function importPublic(field: FiniteField, share: Uint8Array): KeyObject {
  const spki = writeSequence(algorithm(field), writeBitString(writeUnsigned(share)))
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
}

function shareOf(privateKey: KeyObject): Uint8Array {
  const spki = new DerReader(createPublicKey(privateKey).export({ format: 'der', type: 'spki' })).reader()
  spki.any()
  const { bytes } = readBitString(spki.content(Tag.bitString))
  return readUnsigned(readOnly(bytes, Tag.integer))
}

function leftPadded(bytes: Uint8Array, length: number): Uint8Array {
  const padded = new Uint8Array(length)
  padded.set(bytes, length - bytes.length)
  return padded
}
