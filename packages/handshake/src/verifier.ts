/**
 * Certificate verification as the handshake sees it: injected, since the handshake parses no certificate.
 * `@mortise/tls` wraps the verifiers of `@mortise/x509` as one of these.
 */
import type { CryptoProvider, MaybePromise } from '@mortise/crypto'
import type { VerifiedPeer } from './info.ts'

/** What the peer sent to prove who it is, and who it has to be. */
export interface PeerCertificates {
  /** DER certificates as sent, end-entity first; at least one, unless there is a raw public key. */
  readonly certificates: readonly Uint8Array[]
  /** DER of the SubjectPublicKeyInfo of a peer that shows a key in place of certificates (RFC 7250). */
  readonly rawPublicKey: Uint8Array | undefined
  /** OCSP response stapled to the end-entity certificate (RFC 6066 §8). */
  readonly ocspResponse: Uint8Array | undefined
  /** Those stapled to the certificates behind it, in their order. */
  readonly issuerOcspResponses: readonly (Uint8Array | undefined)[]
  /** SignedCertificateTimestampList stapled to the end-entity certificate (RFC 6962 §3.3). */
  readonly signedCertificateTimestamps: Uint8Array | undefined
  /** The peer's role: what its certificate must be good for. */
  readonly peerRole: 'client' | 'server'
  /** The name that the client wants to reach; `undefined` on servers. */
  readonly serverName: string | undefined
  readonly provider: CryptoProvider
}

/** Decides whether a peer is who it has to be. */
export interface PeerVerifier {
  /** Staples to ask the peer for. Default: none. */
  readonly wants?: { readonly ocspResponse?: boolean; readonly signedCertificateTimestamps?: boolean }
  /**
   * CertificateType code points that it can judge, best first. A raw public key (RFC 7250) says nothing but itself: whoever
   * takes one must know it. Default: X509 alone.
   */
  readonly certificateTypes?: readonly number[]
  /**
   * @throws TlsError with blame `certificate`; anything else that is thrown becomes `ERR_TLS_CERTIFICATE_UNKNOWN`.
   */
  readonly verify: (peer: PeerCertificates) => MaybePromise<VerifiedPeer>
}
