/** Which signature schemes may sign a handshake. */
import { SignatureScheme } from '@mortise/wire'

/** Code points that are defined for certificates only, or for TLS 1.2 only (RFC 9846 §4.3.3). */
const notForHandshakes: readonly number[] = /* @__PURE__ */ Object.freeze([
  SignatureScheme.rsa_pkcs1_sha256,
  SignatureScheme.rsa_pkcs1_sha384,
  SignatureScheme.rsa_pkcs1_sha512,
  SignatureScheme.rsa_pkcs1_sha1,
  SignatureScheme.ecdsa_sha1,
])

/** Whether `scheme` may appear in CertificateVerify (RFC 9846 §4.5.2). */
export function isHandshakeScheme(scheme: number): boolean {
  return !notForHandshakes.includes(scheme)
}
