/** Which signature schemes may sign a handshake, and how such a signature is verified. */
import { CryptoError, type CryptoProvider } from '@mortise/crypto'
import { codeText, inWords, SignatureScheme, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

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

/** What a CertificateVerify is checked with: the certificate's key, or one that it vouches for. */
export interface ProofKey {
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** SignatureScheme code points that are taken. */
  readonly schemes: readonly number[]
}

/** A signature as it came. */
export interface Signed {
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** SignatureScheme code point: one that was offered. */
  readonly algorithm: number
  readonly input: Uint8Array
  readonly signature: Uint8Array
}

/** @throws TlsError `ERR_TLS_WRONG_SIGNATURE_SCHEME` if the key doesn't fit the algorithm */
export async function verifySignature(
  { signatures }: CryptoProvider,
  { publicKey, algorithm, input, signature }: Signed,
): Promise<boolean> {
  try {
    return (
      (await signatures.find(({ scheme }) => scheme === algorithm)?.verify(publicKey, input, signature)) ??
      false
    )
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code === 'ERR_CRYPTO_INVALID_KEY')
      throw new TlsError(faults.ERR_TLS_WRONG_SIGNATURE_SCHEME, {
        detail: inWords && `${codeText.signatureScheme(algorithm)} does not fit the certificate's key`,
        cause,
      })
    throw cause
  }
}
