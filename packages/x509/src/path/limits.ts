/** What a hostile chain may cost. Every count is kept per verification. */
import { Refusal } from '../verdict.ts'
import type { X509Reason } from '../reasons.ts'

/** How much work a verification may be. */
export interface Limits {
  /** Certificates presented, the end entity's included. Default: 64. */
  readonly maxCertificates: number
  /** Bytes of one presented certificate. Default: 65,536. */
  readonly maxCertificateSize: number
  /** Bytes of all presented certificates together. Default: 262,144. */
  readonly maxChainSize: number
  /** Authorities between the end entity and the trust anchor, self-issued ones not counted (RFC 5280 §6.1.2). Default: 8. */
  readonly maxDepth: number
  /** Signature verifications: of certificates, OCSP responses, revocation lists and timestamps. Default: 64. */
  readonly maxSignatureChecks: number
  /** Possible issuers that are looked at while the path is sought; a whole path up to an anchor counts as 16. Default: 2,048. */
  readonly maxCandidates: number
  /** Comparisons of a name with a name constraint. Default: 100,000. */
  readonly maxNameConstraintChecks: number
  /** Policies that are looked up or carried along, of all certificates on all possible paths. Default: 100,000. */
  readonly maxPolicySteps: number
}

export const defaultLimits: Limits = {
  maxCertificates: 64,
  maxCertificateSize: 65_536,
  maxChainSize: 262_144,
  maxDepth: 8,
  maxSignatureChecks: 64,
  maxCandidates: 2048,
  maxNameConstraintChecks: 100_000,
  maxPolicySteps: 100_000,
}

/** Throws a Refusal when a limit is used up. */
export interface Budget {
  readonly signatureCheck: () => void
  readonly candidates: (count: number) => void
  readonly nameConstraintChecks: (count: number) => void
  readonly policySteps: (count: number) => void
}

export function createBudget(limits: Limits): Budget {
  const counter = (limit: number, reason: X509Reason): ((count: number) => void) => {
    let used = 0
    return (count) => {
      used += count
      if (used > limit) throw new Refusal(reason, { expected: `at most ${limit}`, final: true })
    }
  }
  const signatureChecks = counter(limits.maxSignatureChecks, 'ERR_X509_TOO_MANY_SIGNATURES')
  return {
    signatureCheck: () => signatureChecks(1),
    candidates: counter(limits.maxCandidates, 'ERR_X509_TOO_MANY_CANDIDATES'),
    nameConstraintChecks: counter(limits.maxNameConstraintChecks, 'ERR_X509_TOO_MANY_NAMES'),
    policySteps: counter(limits.maxPolicySteps, 'ERR_X509_TOO_MANY_POLICIES'),
  }
}
