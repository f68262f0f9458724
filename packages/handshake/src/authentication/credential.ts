/** Our own certificates: what they are, and how a client chooses one for a request. */
import type { MaybePromise, SigningKey } from '@mortise/crypto'

/** What a CertificateRequest asks for (RFC 9846 §4.4.2). */
export interface CredentialRequest {
  /** SignatureScheme code points for CertificateVerify, in the server's order. */
  readonly signatureSchemes: readonly number[]
  /** DER distinguished names; empty: any. */
  readonly certificateAuthorities: readonly Uint8Array[]
}

/** Credentials, best first, or a function that chooses some for a request. What it throws fails the handshake. */
export type CredentialSource =
  | readonly Credential[]
  | ((request: CredentialRequest) => MaybePromise<readonly Credential[]>)

/** A certificate chain and its key. */
export interface Credential {
  /** DER certificates, end-entity first. */
  readonly certificates: readonly Uint8Array[]
  readonly key: SigningKey
  /** DNS names this credential is good for, `*.` wildcards included; compared with server_name. Absent: any name, as a last resort. */
  readonly names?: readonly string[]
  /** DER OCSPResponse to staple. */
  readonly ocspResponse?: Uint8Array
  /** SignedCertificateTimestampList to staple. */
  readonly signedCertificateTimestamps?: Uint8Array
}
