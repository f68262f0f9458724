/** RSA keys under rsaEncryption whatever they came under, for backends that take no id-RSASSA-PSS; `fit` enforces what those restrict. */
import { writeRsaEncryption } from './algorithm.ts'
import { writePrivateKeyInfo, writeRsaPrivateKey, type RsaPrivateNumbers } from './privateKey.ts'
import { writeRsaPublicKey, writeSubjectPublicKeyInfo, type RsaPublicNumbers } from './publicKey.ts'

/** DER of a SubjectPublicKeyInfo. */
export function plainRsaSpki(numbers: RsaPublicNumbers): Uint8Array {
  return writeSubjectPublicKeyInfo(writeRsaEncryption(), writeRsaPublicKey(numbers))
}

/** DER of a PrivateKeyInfo (PKCS #8). */
export function plainRsaPkcs8(numbers: RsaPrivateNumbers): Uint8Array {
  return writePrivateKeyInfo(writeRsaEncryption(), writeRsaPrivateKey(numbers))
}
