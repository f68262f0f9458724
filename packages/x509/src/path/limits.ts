/** What a hostile chain may cost. Every count is kept per verification. */
import { Refusal } from '../verdict.ts'
import type { X509Reason } from '../reasons.ts'

/** How much work a verification may be. */
export interface Limits {
  /** Certificates presented, the end entity's included. Default: 64. */
  readonly maxCertificates: number
  /** Bytes of one presented certificate. Default: 65,536. */
  readonly maxCertificateSize: number
  /** Authorities between the end entity and the trust anchor, self-issued ones not counted (RFC 5280 §6.1.2). Default: 8. */
  readonly maxDepth: number
  /** Signature verifications: of certificates, OCSP responses, revocation lists and timestamps. Default: 64. */
  readonly maxSignatureChecks: number
  /** Possible issuers that are looked at while the path is sought. Default: 2,048. */
  readonly maxCandidates: number
  /** Comparisons of a name with a name constraint. Default: 250,000. */
  readonly maxNameConstraintChecks: number
}

export const defaultLimits: Limits = {
  maxCertificates: 64,
  maxCertificateSize: 65_536,
  maxDepth: 8,
  maxSignatureChecks: 64,
  maxCandidates: 2048,
  maxNameConstraintChecks: 250_000,
}

/** A limit is used up: the search for a path ends here, whatever else it might have found. */
export class LimitReached extends Refusal {}

export interface Budget {
  readonly signatureCheck: () => void
  readonly candidate: () => void
  readonly nameConstraintChecks: (count: number) => void
  readonly used: () => BudgetUse
}

/** How much of the limits a verification used. */
export interface BudgetUse {
  readonly signatureChecks: number
  readonly candidates: number
  readonly nameConstraintChecks: number
}

export function createBudget(limits: Limits): Budget {
  const used = { signatureChecks: 0, candidates: 0, nameConstraintChecks: 0 }
  const spend = (what: keyof BudgetUse, count: number, limit: number, reason: X509Reason): void => {
    used[what] += count
    if (used[what] > limit) throw new LimitReached(reason, { expected: `at most ${limit}` })
  }
  return {
    signatureCheck: () =>
      spend('signatureChecks', 1, limits.maxSignatureChecks, 'ERR_X509_TOO_MANY_SIGNATURES'),
    candidate: () => spend('candidates', 1, limits.maxCandidates, 'ERR_X509_TOO_MANY_CANDIDATES'),
    nameConstraintChecks: (count) =>
      spend('nameConstraintChecks', count, limits.maxNameConstraintChecks, 'ERR_X509_TOO_MANY_NAMES'),
    used: () => ({ ...used }),
  }
}
