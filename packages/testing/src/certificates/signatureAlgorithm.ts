/** AlgorithmIdentifiers of signatures, by SignatureScheme. */
import { CryptoError } from '@mortise/crypto'
import { writeConstructed, writeInteger, writeNull, writeOid, writeSequence } from '@mortise/crypto/der'
import { SignatureScheme, signatureSchemeName } from '@mortise/wire'

const ecdsa = (hash: number): Uint8Array => writeSequence(writeOid(`1.2.840.10045.4.3.${hash}`))
const pkcs1 = (hash: number): Uint8Array => writeSequence(writeOid(`1.2.840.113549.1.1.${hash}`), writeNull())

/** RFC 4055 §3.1: hash, MGF1 with the same hash, and a salt as long as the hash. */
function pss(hash: number, length: number): Uint8Array {
  const sha2 = writeSequence(writeOid(`2.16.840.1.101.3.4.2.${hash}`), writeNull())
  const mgf1 = writeSequence(writeOid('1.2.840.113549.1.1.8'), sha2)
  return writeSequence(
    writeOid('1.2.840.113549.1.1.10'),
    writeSequence(
      writeConstructed(0, sha2),
      writeConstructed(1, mgf1),
      writeConstructed(2, writeInteger(length)),
    ),
  )
}

const algorithms = (): Readonly<Record<number, Uint8Array>> => ({
  [SignatureScheme.ecdsa_secp256r1_sha256]: ecdsa(2),
  [SignatureScheme.ecdsa_secp384r1_sha384]: ecdsa(3),
  [SignatureScheme.ecdsa_secp521r1_sha512]: ecdsa(4),
  [SignatureScheme.rsa_pkcs1_sha256]: pkcs1(11),
  [SignatureScheme.rsa_pkcs1_sha384]: pkcs1(12),
  [SignatureScheme.rsa_pkcs1_sha512]: pkcs1(13),
  [SignatureScheme.rsa_pss_rsae_sha256]: pss(1, 32),
  [SignatureScheme.rsa_pss_rsae_sha384]: pss(2, 48),
  [SignatureScheme.rsa_pss_rsae_sha512]: pss(3, 64),
  [SignatureScheme.rsa_pss_pss_sha256]: pss(1, 32),
  [SignatureScheme.rsa_pss_pss_sha384]: pss(2, 48),
  [SignatureScheme.rsa_pss_pss_sha512]: pss(3, 64),
  [SignatureScheme.ed25519]: writeSequence(writeOid('1.3.101.112')),
  [SignatureScheme.ed448]: writeSequence(writeOid('1.3.101.113')),
})

/** @throws CryptoError `ERR_CRYPTO_UNSUPPORTED` */
export function signatureAlgorithmOf(scheme: number): Uint8Array {
  const algorithm = algorithms()[scheme]
  if (algorithm) return algorithm
  throw new CryptoError('ERR_CRYPTO_UNSUPPORTED', `no certificates with ${signatureSchemeName(scheme)}`)
}
