/** Revocation lists that the caller brings along (RFC 5280 §6.3). Where they come from, and when to renew them, is the caller's affair. */
import { equalBytes, hex, inWords } from '@mortise/wire'
import type { Certificate } from '../certificate.ts'
import { readSmallInteger, Tag } from '../der.ts'
import { basicConstraints } from '../extensions/basicConstraints.ts'
import { defineExtension, readExtension } from '../extensions/definition.ts'
import {
  cRLDistributionPoints,
  issuingDistributionPoint,
  type DistributionPoint,
} from '../extensions/distributionPoints.ts'
import { authorityKeyIdentifier, subjectKeyIdentifier } from '../extensions/keyIdentifiers.ts'
import type { PathCheck, PathCheckContext, PathCheckFailure, ValidPath } from '../path/pathCheck.ts'
import { formatTime, isAfter } from '../time.ts'
import { isX509Error, X509Error } from '../X509Error.ts'
import { issuedOnPath, mayBeUsedFor, type IssuerOfPath } from './issuer.ts'
import { parseRevocationList, type RevocationList } from './revocationList.ts'

/** Options of `revocationLists`. */
export interface RevocationListsOptions {
  /**
   * Which certificates must be covered by a list, so that one without is refused: `nothing` (default), the `endEntity`,
   * or all of the `path` below the anchor.
   */
  readonly require?: 'nothing' | 'endEntity' | 'path'
}

/** How far the issuer's clock may be ahead, in milliseconds. */
const clockSkew = 300_000

/**
 * Checks every certificate of the path against the lists of its issuer. A list counts if the key that signed the
 * certificate signed it, may sign lists, and the list is current; of several, one that is current suffices. Lists of
 * other issuers don't matter. A certificate that is revoked on one list is revoked. What a delta list, an indirect list,
 * a list of some reasons only or one with an unknown critical extension means isn't understood, so whoever brings one
 * of an issuer has all certificates of that issuer refused.
 * @param lists in DER; parsed once
 * @throws X509Error `ERR_X509_MALFORMED` for a list that does not parse, `ERR_X509_OPTIONS`
 */
export function revocationLists(
  lists: readonly Uint8Array[],
  options: RevocationListsOptions = {},
): PathCheck {
  const { require = 'nothing', ...rest } = options
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined || !['nothing', 'endEntity', 'path'].includes(require))
    throw new X509Error('ERR_X509_OPTIONS', `revocationLists: ${unknown ?? require}`)
  const parsed = lists.map(parseRevocationList)
  const signatures = parsed.map(({ signature }) => hex(signature)).toSorted()
  return {
    identity: `revocationLists:${require}:${signatures.join()}`,
    check: async (path, context) => checkPath(path, parsed, require, context),
  }
}

async function checkPath(
  path: ValidPath,
  lists: readonly RevocationList[],
  require: 'nothing' | 'endEntity' | 'path',
  context: PathCheckContext,
): Promise<PathCheckFailure | undefined> {
  for (const [i, [certificate, issuer]] of issuedOnPath(path).entries()) {
    const own = lists.filter((list) => isOfIssuer(list, issuer))
    const failure = await checkCertificate(certificate, issuer, own, context)
    if (failure && failure !== 'uncovered') return { certificate, ...failure }
    if (failure && (require === 'path' || (require === 'endEntity' && i === 0)))
      return { certificate, reason: 'ERR_X509_REVOCATION_UNKNOWN', found: 'no revocation list for it' }
  }
  return undefined
}

/** Of two keys of the same name, the list is that key's which it names. */
function isOfIssuer({ issuer, extensions }: RevocationList, { subject, certificate }: IssuerOfPath): boolean {
  if (issuer.key !== subject.key) return false
  try {
    const named = readExtension({ extensions }, authorityKeyIdentifier)?.keyIdentifier
    const own = certificate && readExtension(certificate, subjectKeyIdentifier)
    return !named || !own || equalBytes(named, own)
  } catch (error) {
    if (!isX509Error(error)) throw error
    return true // for the list's own check to refuse
  }
}

type Outcome = PathCheckFailure | 'uncovered' | undefined

/**
 * Revoked on one list is revoked. Good on one is good, even if another one is out of date, but not if one can't be
 * understood: it may say what no other list says.
 */
async function checkCertificate(
  certificate: Certificate,
  issuer: IssuerOfPath,
  lists: readonly RevocationList[],
  context: PathCheckContext,
): Promise<Outcome> {
  const problem = lists.map((list) => whyUnusable(list, issuer)).find((why) => why !== undefined)
  if (problem !== undefined) return bad(problem)
  const outcomes: Outcome[] = []
  for (const list of lists) {
    const outcome = await checkOnList(certificate, issuer, list, context)
    if (typeof outcome === 'object' && outcome.reason === 'ERR_X509_REVOKED') return outcome
    outcomes.push(outcome)
  }
  if (outcomes.includes(undefined)) return undefined
  return outcomes.find((outcome) => outcome !== 'uncovered') ?? 'uncovered'
}

const bad = (found: string): PathCheckFailure => ({ reason: 'ERR_X509_BAD_CRL', found })

async function checkOnList(
  certificate: Certificate,
  issuer: IssuerOfPath,
  list: RevocationList,
  { time, verify }: PathCheckContext,
): Promise<Outcome> {
  const revokedAt = list.revoked.get(hex(certificate.serialNumber))
  if (revokedAt === undefined && !covers(list, certificate)) return 'uncovered'
  const { signatureAlgorithm: algorithm, tbs: data, signature } = list
  const unsigned = await verify({ algorithm, data, signature }, issuer.publicKey)
  if (unsigned) return bad(`a signature that does not hold (${unsigned.reason})`)
  // Even on a list that is no longer current: what was revoked stays so
  if (revokedAt !== undefined)
    return { reason: 'ERR_X509_REVOKED', found: `revoked on ${formatTime(revokedAt)}` }
  if (list.thisUpdate > time + clockSkew) return bad(`a list of the future (${formatTime(list.thisUpdate)})`)
  if (list.nextUpdate === undefined) return bad('a list without an end of its validity')
  if (isAfter(time, list.nextUpdate)) return bad(`a list that was valid until ${formatTime(list.nextUpdate)}`)
  return undefined
}

/** RFC 5280 §5.2.3 */
const cRLNumber = /* @__PURE__ */ defineExtension('2.5.29.20', inWords && 'cRLNumber', (reader) =>
  readSmallInteger(reader.content(Tag.integer)),
)

const deltaCRLIndicator = '2.5.29.27'

/** Why a list can't be understood, or is none of this issuer. */
function whyUnusable(list: RevocationList, issuer: IssuerOfPath): string | undefined {
  try {
    return whyNotUnderstood(list, issuer)
  } catch (error) {
    if (!isX509Error(error)) throw error
    return error.detail ?? error.message
  }
}

function whyNotUnderstood(list: RevocationList, issuer: IssuerOfPath): string | undefined {
  const { extensions, criticalInEntry } = list
  // RFC 5280 §6.3.3 (f)
  if (!mayBeUsedFor(issuer.certificate, 'cRLSign')) return 'an issuer whose key is not for lists (cRLSign)'
  // RFC 5280 §5.2.4: such a list is only a part, even if its issuer forgot to make the extension critical
  if (extensions.has(deltaCRLIndicator)) return 'a delta list'
  const critical = [...extensions.values()].find(
    (extension) => extension.critical && extension.type !== issuingDistributionPoint.type,
  )
  if (critical) return `the critical extension ${critical.type}`
  if (criticalInEntry !== undefined) return `the critical extension ${criticalInEntry} of an entry`
  if (readExtension(list, cRLNumber) === undefined) return 'no cRLNumber'
  if (readExtension(list, issuingDistributionPoint)?.restricted)
    return 'an issuingDistributionPoint that makes it a part of another list'
  readExtension(list, authorityKeyIdentifier)
  return undefined
}

/** RFC 5280 §6.3.3 (b) (2) */
function covers(list: RevocationList, certificate: Certificate): boolean {
  const point = readExtension(list, issuingDistributionPoint)
  if (!point) return true
  const isAuthority = readExtension(certificate, basicConstraints)?.ca ?? false
  if (isAuthority ? point.onlyUsers : point.onlyAuthorities) return false
  if (!point.fullName) return true
  const places = new Set(point.fullName.flatMap(({ kind, value }) => (kind === 'uri' ? [value] : [])))
  return distributionPoints(certificate).some(
    ({ fullName, restricted }) =>
      !restricted && (fullName ?? []).some(({ kind, value }) => kind === 'uri' && places.has(value)),
  )
}

/** Malformed ones name no place. */
function distributionPoints(certificate: Certificate): readonly DistributionPoint[] {
  try {
    return readExtension(certificate, cRLDistributionPoints) ?? []
  } catch (error) {
    if (!isX509Error(error)) throw error
    return []
  }
}
