/** What a host plugs in to judge a peer's certificates. All verifiers of this package are of this kind. */
import type { CryptoProvider } from '@mortise/crypto'
import type { Purpose } from '../path/options.ts'
import type { StapleWishes } from '../path/pathCheck.ts'
import type { Verdict } from '../verdict.ts'

/** What a peer presented, and what is known of it. */
export interface VerifierInput {
  /** DER certificates as presented, end entity first; none if there is a raw public key. Borrowed until the verdict is there. */
  readonly chain: readonly Uint8Array[]
  /** DER of the SubjectPublicKeyInfo of a peer that shows a key in place of certificates (RFC 7250). Borrowed as well. */
  readonly rawPublicKey?: Uint8Array | undefined
  /** What the peer is. */
  readonly purpose: Purpose
  /** Whom the peer is meant to be; `undefined` where nobody in particular is expected, as with clients. */
  readonly serverName: string | undefined
  /** OCSP response in DER that came with the chain. */
  readonly ocspResponse?: Uint8Array | undefined
  /** SignedCertificateTimestampList (RFC 6962 §3.3) that came with the chain. */
  readonly scts?: Uint8Array | undefined
  readonly time: Date
  readonly provider: CryptoProvider
}

/** Judges the certificates of a peer. */
export interface CertificateVerifier {
  /** Never rejects on account of what the peer sent. */
  readonly verify: (input: VerifierInput) => Promise<Verdict>
  /**
   * Tells trust configurations apart: equal exactly if two verifiers judge alike. For binding resumable sessions to
   * what they were verified with. Contains whole anchors, so it may be long: store a hash of it.
   */
  readonly identity: string
  /** What the peer should be asked to send along. Default: nothing. */
  readonly wants?: StapleWishes
  /** Whether it judges raw public keys, too, or nothing else. Default: none, and what has no certificate is refused. */
  readonly rawPublicKeys?: RawPublicKeys
}

/** Peers may show a key in place of certificates (RFC 7250), or have to. */
export type RawPublicKeys = 'accepted' | 'required'

/** Of verifiers that judge by the key alone. */
export interface KeyVerifierOptions {
  /** A raw public key does as well as a certificate, or certificates are not taken at all. Default: certificates only. */
  readonly rawPublicKeys?: RawPublicKeys
}
