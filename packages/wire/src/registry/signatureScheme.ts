import { isGrease } from '../grease.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.3.3; Brainpool of RFC 8734, the legacy schemes for client certificates of RFC 9963, ML-DSA of draft-ietf-tls-mldsa. */
export const SignatureScheme = {
  rsa_pkcs1_sha256: 0x0401,
  rsa_pkcs1_sha384: 0x0501,
  rsa_pkcs1_sha512: 0x0601,
  ecdsa_secp256r1_sha256: 0x0403,
  ecdsa_secp384r1_sha384: 0x0503,
  ecdsa_secp521r1_sha512: 0x0603,
  rsa_pss_rsae_sha256: 0x0804,
  rsa_pss_rsae_sha384: 0x0805,
  rsa_pss_rsae_sha512: 0x0806,
  ed25519: 0x0807,
  ed448: 0x0808,
  rsa_pss_pss_sha256: 0x0809,
  rsa_pss_pss_sha384: 0x080a,
  rsa_pss_pss_sha512: 0x080b,
  ecdsa_brainpoolP256r1tls13_sha256: 0x081a,
  ecdsa_brainpoolP384r1tls13_sha384: 0x081b,
  ecdsa_brainpoolP512r1tls13_sha512: 0x081c,
  rsa_pkcs1_sha256_legacy: 0x0420,
  rsa_pkcs1_sha384_legacy: 0x0520,
  rsa_pkcs1_sha512_legacy: 0x0620,
  mldsa44: 0x0904,
  mldsa65: 0x0905,
  mldsa87: 0x0906,
  rsa_pkcs1_sha1: 0x0201,
  ecdsa_sha1: 0x0203,
  dsa_sha1_RESERVED: 0x0202,
  dsa_sha256_RESERVED: 0x0402,
  dsa_sha384_RESERVED: 0x0502,
  dsa_sha512_RESERVED: 0x0602,
} as const

export type SignatureScheme = CodePoint<typeof SignatureScheme>

/** `rsa_pkcs1_sha256`, or the number in hexadecimal. */
export const signatureSchemeName: (value: number) => string = /* @__PURE__ */ nameOf(
  SignatureScheme,
  4,
  isGrease,
)
