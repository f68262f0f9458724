/**
 * Certificate policies along a path (RFC 5280 §6.1, with the state of RFC 9618, which grows with the certificates and
 * not exponentially with them). Of its graph only the lowest level is kept: for each policy that the next certificate
 * may assert, the policies of the anchor's domain that it descends from.
 */
import { inWords } from '@mortise/wire'
import { isSelfIssued, type Certificate } from '../certificate.ts'
import { readExtension } from '../extensions/definition.ts'
import {
  anyPolicy,
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from '../extensions/policies.ts'
import { Refusal } from '../verdict.ts'
import type { Budget } from './limits.ts'

/** The inputs of policy processing (RFC 5280 §6.1.1). */
export interface PolicyOptions {
  /** Object identifiers of policies, one of which the path must be valid for if one is required. Default: any. */
  readonly acceptable?: readonly string[]
  /** Whether the path must be valid for a policy even if no authority requires it. Default: false. */
  readonly requireExplicit?: boolean
  /** Default: false. */
  readonly inhibitMapping?: boolean
  /** Default: false. */
  readonly inhibitAny?: boolean
}

type Descent = ReadonlyMap<string, ReadonlySet<string>>

/**
 * @param certificates end entity first, without the trust anchor
 * @throws Refusal `ERR_X509_CERTIFICATE_POLICY`
 */
export function checkPolicies(
  certificates: readonly Certificate[],
  options: PolicyOptions,
  budget: Budget,
): void {
  let level: Descent = new Map([[anyPolicy, new Set([anyPolicy])]])
  let explicit = options.requireExplicit ? 0 : Infinity
  let mapping = options.inhibitMapping ? 0 : Infinity
  let any = options.inhibitAny ? 0 : Infinity

  for (const certificate of certificates.toReversed()) {
    const isEndEntity = certificate === certificates[0]
    const selfIssued = isSelfIssued(certificate)
    // §6.1.3 (d), (e)
    level = asserted(level, certificate, any > 0 || (!isEndEntity && selfIssued), budget)
    // §6.1.3 (f)
    if (explicit <= 0 && level.size === 0) throw refusal(certificate)
    // §6.1.4 (b), (h), and §6.1.5 (a)
    if (!isEndEntity) level = mapped(level, certificate, mapping > 0, budget)
    if (isEndEntity || !selfIssued) {
      explicit--
      mapping--
      any--
    }
    // §6.1.4 (i), (j), and §6.1.5 (b)
    const constraints = readExtension(certificate, policyConstraints)
    const required = constraints?.requireExplicitPolicy ?? Infinity
    if (!isEndEntity || required === 0) explicit = Math.min(explicit, required)
    mapping = Math.min(mapping, constraints?.inhibitPolicyMapping ?? Infinity)
    any = Math.min(any, readExtension(certificate, inhibitAnyPolicy) ?? Infinity)
  }
  // §6.1.5 (g)
  if (explicit <= 0 && !isAcceptable(level, options.acceptable, budget))
    throw refusal(certificates[0], options.acceptable)
}

/** What is left of the policies that were expected once the certificate has asserted its own. */
function asserted(expected: Descent, certificate: Certificate, anyCounts: boolean, budget: Budget): Descent {
  const own = readExtension(certificate, certificatePolicies)?.policies ?? new Set<string>()
  budget.policySteps(own.size + expected.size)
  const level = new Map<string, ReadonlySet<string>>()
  for (const policy of own) {
    const descent = expected.get(policy) ?? (expected.has(anyPolicy) ? new Set([policy]) : undefined)
    if (descent && policy !== anyPolicy) level.set(policy, descent)
  }
  if (own.has(anyPolicy) && anyCounts)
    for (const [policy, descent] of expected) if (!level.has(policy)) level.set(policy, descent)
  return level
}

/** What the next certificate may assert. */
function mapped(level: Descent, certificate: Certificate, allowed: boolean, budget: Budget): Descent {
  const mappings = readExtension(certificate, policyMappings) ?? []
  const from = new Set(mappings.map(([issuerPolicy]) => issuerPolicy))
  budget.policySteps(mappings.length + level.size)
  const next = new Map([...level].filter(([policy]) => !from.has(policy)))
  if (!allowed) return next
  for (const [issuerPolicy, subjectPolicy] of mappings) {
    const descent = level.get(issuerPolicy) ?? (level.has(anyPolicy) ? new Set([issuerPolicy]) : undefined)
    if (!descent) continue
    const others = next.get(subjectPolicy) ?? new Set()
    budget.policySteps(others.size + descent.size)
    next.set(subjectPolicy, new Set([...others, ...descent]))
  }
  return next
}

function isAcceptable(level: Descent, acceptable: readonly string[] | undefined, budget: Budget): boolean {
  const all = [...level.values()].flatMap((descent) => [...descent])
  budget.policySteps(all.length)
  const valid = new Set(all)
  if (!acceptable || acceptable.includes(anyPolicy)) return valid.size > 0
  return valid.has(anyPolicy) || acceptable.some((policy) => valid.has(policy))
}

const refusal = (certificate: Certificate | undefined, acceptable?: readonly string[]): Refusal =>
  new Refusal('ERR_X509_CERTIFICATE_POLICY', {
    certificate,
    expected: acceptable?.join(' or ') ?? (inWords && 'a valid policy'),
  })
