/** RSA keys in the one form that WebCrypto takes: it refuses the AlgorithmIdentifier id-RSASSA-PSS, whose restrictions are enforced by `fit`. */
import {
  writeRsaPublicKey,
  writeSubjectPublicKeyInfo,
  type RsaPrivateNumbers,
  type RsaPublicNumbers,
} from '@mortise/crypto'
import {
  writeInteger,
  writeNull,
  writeOctetString,
  writeOid,
  writeSequence,
  writeUnsigned,
} from '@mortise/crypto/der'

/** rsaEncryption (RFC 3279 §2.3.1). */
function algorithmIdentifier(): Uint8Array {
  return writeSequence(writeOid('1.2.840.113549.1.1.1'), writeNull())
}

/** SubjectPublicKeyInfo. */
export function plainRsaSpki(numbers: RsaPublicNumbers): Uint8Array {
  return writeSubjectPublicKeyInfo(algorithmIdentifier(), writeRsaPublicKey(numbers))
}

/** PKCS #8 around an RSAPrivateKey (RFC 8017 §A.1.2). */
export function plainRsaPkcs8(numbers: RsaPrivateNumbers): Uint8Array {
  const key = writeSequence(
    writeInteger(0),
    writeUnsigned(numbers.modulus),
    writeUnsigned(numbers.publicExponent),
    writeUnsigned(numbers.privateExponent),
    writeUnsigned(numbers.prime1),
    writeUnsigned(numbers.prime2),
    writeUnsigned(numbers.exponent1),
    writeUnsigned(numbers.exponent2),
    writeUnsigned(numbers.coefficient),
  )
  return writeSequence(writeInteger(0), algorithmIdentifier(), writeOctetString(key))
}
