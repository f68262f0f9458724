/** What was negotiated. Worked out from what was used, never asserted. */
import type { ApprovalStatus } from '@mortise/crypto'
import type { Extension } from '@mortise/wire'

/** What a handshake negotiated. */
export interface HandshakeInfo {
  /** CipherSuite code point. */
  readonly cipherSuite: number
  /** NamedGroup code point of the key exchange; `undefined` with psk_ke. */
  readonly group: number | undefined
  /** SignatureScheme code point of the peer's CertificateVerify; `undefined` if the peer sent none. */
  readonly peerSignatureScheme: number | undefined
  /** SignatureScheme code point of our own CertificateVerify; `undefined` if we sent none. */
  readonly localSignatureScheme: number | undefined
  /** The protocol chosen by ALPN (RFC 7301). */
  readonly alpn: string | undefined
  /** The host name of the client's server_name. */
  readonly serverName: string | undefined
  /** Whether the server answered with a HelloRetryRequest. */
  readonly helloRetryRequest: boolean
  /** Whether a pre-shared key authenticates the connection: the session of an earlier one, or an external key. */
  readonly resumed: boolean
  /** Identity of the external pre-shared key that authenticates the connection: who the peer is; `undefined` without one. */
  readonly preSharedKeyIdentity: Uint8Array | undefined
  /** Whether early data was accepted. */
  readonly earlyData: boolean
  /** What the verifier made of the peer; `undefined` if the peer has not authenticated itself by certificate. */
  readonly peer: VerifiedPeer | undefined
  /** DER certificates that we have shown, end-entity first; none if we have shown none, or a raw public key. */
  readonly localCertificates: readonly Uint8Array[]
  /** The peer's extensions of the types in `CommonOptions.extensions`. */
  readonly extensions: readonly Extension[]
  /** `approved` only if everything that was used is (RFC-independent; see `ApprovalStatus`). */
  readonly approval: ApprovalStatus
}

/** The peer's certificates, or its raw public key, as a verifier accepted them. */
export interface VerifiedPeer {
  /** DER of the SubjectPublicKeyInfo that CertificateVerify is checked with. */
  readonly publicKey: Uint8Array
  /** DER certificates as sent, end-entity first; empty for a raw public key. */
  readonly certificates: readonly Uint8Array[]
  /** Whatever else the verifier has to say, for its owner: the validated path, for one. */
  readonly details?: unknown
}
