/** Checks of a path beyond RFC 5280 §6.1: revocation and transparency of this package, or anybody's own. */
import type { CryptoProvider, MaybePromise } from '@mortise/crypto'
import type { Certificate } from '../certificate.ts'
import type { PublicKey } from '../publicKey.ts'
import type { X509Reason } from '../reasons.ts'
import type { SignedData } from '../verifySignedData.ts'
import type { TrustAnchor } from './trustAnchor.ts'

/** A further check of a path that is valid as such. */
export interface PathCheck {
  /** Stable identification of the check and its configuration. */
  readonly identity: string
  /** What the peer should be asked to send along. */
  readonly wants?: StapleWishes
  /** Answers with what is wrong, or with nothing. What it throws becomes `ERR_X509_REFUSED`. */
  readonly check: (path: ValidPath, context: PathCheckContext) => MaybePromise<PathCheckFailure | undefined>
}

/** What a peer can send beside its certificates. */
export interface StapleWishes {
  readonly ocspResponse?: boolean
  readonly signedCertificateTimestamps?: boolean
}

/** A path that path validation accepts (RFC 5280 §6.1). */
export interface ValidPath {
  /** End entity first, without the trust anchor. */
  readonly certificates: readonly Certificate[]
  readonly anchor: TrustAnchor
}

/** What a check may use. */
export interface PathCheckContext {
  readonly provider: CryptoProvider
  /** Milliseconds since 1970. */
  readonly time: number
  readonly ocspResponse: Uint8Array | undefined
  readonly scts: Uint8Array | undefined
  /**
   * Verifies a signature within the limits and the policy of the verification.
   * @returns why it does not hold, or `undefined` if it does
   */
  readonly verify: (signed: SignedData, key: PublicKey) => Promise<PathCheckFailure | undefined>
}

/** Why a check refuses a path. */
export interface PathCheckFailure {
  readonly reason: X509Reason
  /** Default: the end entity's. */
  readonly certificate?: Certificate
  readonly expected?: string
  readonly found?: string
  readonly cause?: unknown
}
