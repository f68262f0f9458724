/** Chain, anchors, time, purpose and name in; verdict out. */
import { equalBytes, inWords } from '@mortise/wire'
import { parseCertificate, type Certificate } from '../certificate.ts'
import { checkServerName } from '../names/serverName.ts'
import { asRefusal, Refusal, rejected, type Accepted, type Verdict } from '../verdict.ts'
import { checkSignedData, type SignedData } from '../verifySignedData.ts'
import type { PublicKey } from '../publicKey.ts'
import { isX509Error } from '../X509Error.ts'
import { createBudget, type Budget } from './limits.ts'
import { checkOptions, rulesOf, type Rules, type VerifyChainOptions, type WebRules } from './options.ts'
import type { PathCheckContext, PathCheckFailure, ValidPath } from './pathCheck.ts'
import { anchorPool, presentedPool, type IssuersBySubject } from './pool.ts'
import { checkWebProfile } from './profile.ts'
import { checkEndEntity } from './role.ts'
import { findPath } from './search.ts'
import type { TrustAnchor } from './trustAnchor.ts'

/**
 * Builds a path from the first certificate of `chain` to a trust anchor and validates it (RFC 5280 §6), then its
 * purpose and its name (RFC 9525). Reads no clock and fetches nothing.
 * @returns the path, or why there is none
 * @throws X509Error for options that can't be honoured: unknown ones, malformed anchors. Never for what is in `chain`.
 */
export async function verifyCertificateChain(options: VerifyChainOptions): Promise<Verdict> {
  checkOptions(options, callOptions)
  return verifyWithAnchors(options, anchorPool(options.anchors), checkWebProfile)
}

const callOptions: readonly (keyof VerifyChainOptions)[] = [
  'chain',
  'time',
  'purpose',
  'name',
  'unsafeIgnoreName',
  'provider',
  'ocspResponse',
  'scts',
]

export async function verifyWithAnchors(
  options: VerifyChainOptions,
  anchors: IssuersBySubject,
  web: WebRules | undefined,
): Promise<Verdict> {
  const rules = rulesOf(options, options.purpose, options.time, web)
  const positions = new Map<Certificate, number>()
  const unreadable: string[] = []
  try {
    const [endEntity, ...others] = parseChain(options.chain, rules, positions, unreadable)
    const path = await verify(endEntity, others, options, rules, anchors)
    return accepted(path)
  } catch (error) {
    return rejected(
      explain(asRefusal(error), unreadable),
      (certificate) => positions.get(certificate) ?? 'anchor',
    )
  }
}

/** An issuer may be missing because it could not be read. */
function explain(refusal: Refusal, unreadable: readonly string[]): Refusal {
  const [first] = unreadable
  return refusal.reason === 'ERR_X509_UNKNOWN_ISSUER' && first !== undefined
    ? new Refusal(refusal.reason, { ...refusal.details, found: first })
    : refusal
}

/** The end entity must parse; another certificate that does not is nobody's issuer. */
function parseChain(
  chain: readonly Uint8Array[],
  { limits }: Rules,
  positions: Map<Certificate, number>,
  unreadable: string[],
): readonly [Certificate, ...Certificate[]] {
  const [first] = chain
  if (!first) throw new Refusal('ERR_X509_EMPTY_CHAIN')
  if (chain.length > limits.maxCertificates)
    throw new Refusal('ERR_X509_TOO_MANY_CERTIFICATES', {
      expected: `at most ${limits.maxCertificates}`,
      found: `${chain.length}`,
    })
  const tooLarge = chain.findIndex(({ length }) => length > limits.maxCertificateSize)
  if (tooLarge !== -1)
    throw new Refusal('ERR_X509_CERTIFICATE_TOO_LARGE', {
      expected: `at most ${limits.maxCertificateSize} bytes`,
      found: `${chain[tooLarge]?.length} bytes in certificate ${tooLarge}`,
    })
  const size = chain.reduce((sum, { length }) => sum + length, 0)
  if (size > limits.maxChainSize)
    throw new Refusal('ERR_X509_TOO_MANY_CERTIFICATES', {
      expected: `at most ${limits.maxChainSize} bytes in all`,
      found: `${size} bytes`,
    })
  const endEntity = parseCertificate(first)
  positions.set(endEntity, 0)
  const others: Certificate[] = []
  for (const [i, der] of chain.slice(1).entries()) {
    try {
      const certificate = parseCertificate(der)
      positions.set(certificate, i + 1)
      others.push(certificate)
    } catch (error) {
      if (!isX509Error(error)) throw error
      unreadable.push(`certificate ${i + 1} ${error.message}`)
    }
  }
  return [endEntity, ...others]
}

async function verify(
  endEntity: Certificate,
  others: readonly Certificate[],
  options: VerifyChainOptions,
  rules: Rules,
  anchors: IssuersBySubject,
): Promise<ValidPath> {
  const budget = createBudget(rules.limits)
  const checkFurther = (path: ValidPath): Promise<void> =>
    runChecks(path, options, contextOf(options, rules, budget))
  const anchor = directlyTrusted(endEntity, anchors)
  try {
    checkEndEntity(endEntity, rules, anchor !== undefined)
    checkName(endEntity, options)
  } catch (error) {
    throw asRefusal(error, endEntity)
  }
  if (anchor) {
    const path: ValidPath = { certificates: [endEntity], anchor }
    await checkFurther(path)
    return path
  }
  const presented = presentedPool(others)
  return findPath({ rules, budget, provider: options.provider, anchors, presented, checkFurther }, endEntity)
}

/** An end entity that the caller trusts by itself needs no path. */
function directlyTrusted(endEntity: Certificate, anchors: IssuersBySubject): TrustAnchor | undefined {
  return anchors
    .get(endEntity.subject.key)
    ?.find(({ certificate }) => certificate && equalBytes(certificate.der, endEntity.der))?.anchor
}

function checkName(
  endEntity: Certificate,
  { purpose, name, names = {}, unsafeIgnoreName }: VerifyChainOptions,
): void {
  if (name !== undefined) checkServerName(endEntity, name, names)
  else if (purpose === 'server' && unsafeIgnoreName !== true)
    throw new Refusal('ERR_X509_BAD_REFERENCE_NAME', {
      expected: inWords && 'a name to verify the server by',
      found: inWords && 'none',
    })
}

function contextOf(options: VerifyChainOptions, rules: Rules, budget: Budget): PathCheckContext {
  const { provider, ocspResponse, scts } = options
  return {
    provider,
    time: rules.time,
    ocspResponse,
    scts,
    verify: async (signed: SignedData, key: PublicKey): Promise<PathCheckFailure | undefined> => {
      budget.signatureCheck()
      try {
        await checkSignedData(signed, key, provider, rules.signatures)
        return undefined
      } catch (error) {
        const { reason, details } = asRefusal(error)
        return { reason, ...(details.found ? { found: details.found } : {}) }
      }
    },
  }
}

async function runChecks(
  path: ValidPath,
  { checks = [] }: VerifyChainOptions,
  context: PathCheckContext,
): Promise<void> {
  for (const { check } of checks) {
    const failure = await runCheck(() => check(path, context))
    if (failure) throw new Refusal(failure.reason, { certificate: path.certificates[0], ...failure })
  }
}

async function runCheck<T>(check: () => T | Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    throw new Refusal('ERR_X509_REFUSED', { found: inWords && 'a check that threw', cause })
  }
}

function accepted({ certificates, anchor }: ValidPath): Accepted {
  const [endEntity] = certificates
  if (!endEntity) throw new Refusal('ERR_X509_EMPTY_CHAIN')
  const last =
    anchor.certificate === undefined || (certificates.length === 1 && isSame(anchor, endEntity))
      ? []
      : [anchor.certificate]
  return { ok: true, path: [...certificates, ...last], anchor, publicKey: endEntity.publicKey.spki.slice() }
}

const isSame = ({ certificate }: TrustAnchor, other: Certificate): boolean =>
  certificate !== undefined && equalBytes(certificate.der, other.der)
