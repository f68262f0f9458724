/**
 * The search for a path: depth first from the end entity up, anchors before other issuers. A certificate that can't
 * be an authority is no candidate, a signature is verified before the search goes on behind it, and what a path as a
 * whole must keep is checked when it has reached an anchor. If that fails, the search goes on elsewhere.
 */
import { equalBytes, inWords } from '@mortise/wire'
import type { CryptoProvider } from '@mortise/crypto'
import { isSelfIssued, type Certificate } from '../certificate.ts'
import { asRefusal, Refusal } from '../verdict.ts'
import { checkSignedData } from '../verifySignedData.ts'
import { checkConstraints } from './constraints.ts'
import type { Budget } from './limits.ts'
import type { Rules } from './options.ts'
import type { ValidPath } from './pathCheck.ts'
import { checkPolicies } from './policies.ts'
import { issuersOf, keyIdentifierFits, type Issuer, type IssuersBySubject } from './pool.ts'
import { checkAuthority } from './role.ts'

export interface Search {
  readonly rules: Rules
  readonly budget: Budget
  readonly provider: CryptoProvider
  readonly anchors: IssuersBySubject
  readonly presented: IssuersBySubject
  /** What is checked of a path beyond RFC 5280. Throws a Refusal. */
  readonly checkFurther: (path: ValidPath) => Promise<void>
}

/** How far a failed attempt got: what got furthest tells most. */
const Stage = { noIssuer: 0, issuer: 1, signature: 2, path: 3 } as const

/** What a whole path counts as: it is looked at again from end to end, by the caller's checks as well. */
const candidatesPerPath = 16

/** @throws Refusal why there is no valid path: that of the attempt that got furthest */
export async function findPath(search: Search, endEntity: Certificate): Promise<ValidPath> {
  const { rules, budget } = search
  const signatures = new Map<
    Certificate,
    { readonly spki: Uint8Array; readonly refusal: Refusal | undefined }[]
  >()
  const authorities = new Map<Certificate, Refusal | undefined>()
  let worst: { readonly stage: number; readonly depth: number; readonly refusal: Refusal } | undefined

  function note(stage: number, depth: number, refusal: Refusal): void {
    if (refusal.details.final) throw refusal
    if (!worst || stage > worst.stage || (stage === worst.stage && depth > worst.depth))
      worst = { stage, depth, refusal }
  }

  /** Whether nothing was thrown. */
  async function passes(
    stage: number,
    depth: number,
    about: Certificate,
    check: () => void | Promise<void>,
  ): Promise<boolean> {
    try {
      await check()
      return true
    } catch (error) {
      note(stage, depth, asRefusal(error, about))
      return false
    }
  }

  async function extend(certificates: readonly Certificate[], depth: number): Promise<ValidPath | undefined> {
    const child = certificates.at(-1) ?? endEntity
    let tried = false
    for (const issuer of issuersOf(child, search.anchors, search.presented)) {
      budget.candidates(1)
      if (closesLoop(issuer, certificates) || (await isBystander(issuer, child))) continue
      tried = true
      const found = await tryIssuer(issuer, child, certificates, depth)
      if (found) return found
    }
    if (!tried) note(Stage.noIssuer, depth, unknownIssuer(child))
    return undefined
  }

  /** An anchor that has the name by chance, as those of a machine's store may: no authority, and it has not signed either. */
  async function isBystander(issuer: Issuer, child: Certificate): Promise<boolean> {
    const { anchor, certificate } = issuer
    if (!anchor || !certificate || !checkAuthorityOnce(certificate, 'anchor')) return false
    try {
      await checkIssued(child, issuer)
      return false
    } catch (error) {
      const refusal = asRefusal(error, child)
      if (refusal.details.final) throw refusal
      return ['ERR_X509_BAD_SIGNATURE', 'ERR_X509_KEY_IDENTIFIER'].includes(refusal.reason)
    }
  }

  async function tryIssuer(
    issuer: Issuer,
    child: Certificate,
    certificates: readonly Certificate[],
    depth: number,
  ): Promise<ValidPath | undefined> {
    const { anchor, certificate } = issuer
    const isAuthority = (): void => {
      const refusal = certificate && checkAuthorityOnce(certificate, anchor ? 'anchor' : 'intermediate')
      if (refusal) throw refusal
    }
    if (!(await passes(Stage.issuer, depth, certificate ?? child, isAuthority))) return undefined
    if (!(await passes(Stage.signature, depth, child, () => checkIssued(child, issuer)))) return undefined
    if (anchor) {
      const path: ValidPath = { certificates, anchor }
      const isValid = async (): Promise<void> => {
        budget.candidates(candidatesPerPath)
        checkConstraints(path, budget)
        checkPolicies(certificates, rules.policies, budget)
        await search.checkFurther(path)
      }
      return (await passes(Stage.path, depth, endEntity, isValid)) ? path : undefined
    }
    const further = depth + Number(!isSelfIssued(certificate))
    if (further > rules.limits.maxDepth) {
      const expected = inWords && `at most ${rules.limits.maxDepth} authorities between`
      note(Stage.path, depth, new Refusal('ERR_X509_PATH_TOO_LONG', { certificate: endEntity, expected }))
      return undefined
    }
    return extend([...certificates, certificate], further)
  }

  function checkAuthorityOnce(
    certificate: Certificate,
    role: 'intermediate' | 'anchor',
  ): Refusal | undefined {
    if (!authorities.has(certificate))
      authorities.set(
        certificate,
        failureOf(() => checkAuthority(certificate, rules, role), certificate),
      )
    return authorities.get(certificate)
  }

  async function checkIssued(child: Certificate, issuer: Issuer): Promise<void> {
    if (keyIdentifierFits(child, issuer) === false) throw new Refusal('ERR_X509_KEY_IDENTIFIER')
    const known = signatures.get(child) ?? []
    signatures.set(child, known)
    let result = known.find(({ spki }) => equalBytes(spki, issuer.publicKey.spki))
    if (!result) {
      result = { spki: issuer.publicKey.spki, refusal: await verifyIssued(child, issuer) }
      known.push(result)
    }
    if (result.refusal) throw result.refusal
  }

  async function verifyIssued(child: Certificate, issuer: Issuer): Promise<Refusal | undefined> {
    budget.signatureCheck()
    const { signatureAlgorithm: algorithm, tbs: data, signature } = child
    try {
      await checkSignedData(
        { algorithm, data, signature },
        issuer.publicKey,
        search.provider,
        rules.signatures,
      )
      return undefined
    } catch (error) {
      return asRefusal(error, child)
    }
  }

  try {
    const path = await extend([endEntity], 0)
    if (path) return path
  } catch (error) {
    throw asRefusal(error, endEntity)
  }
  throw worst?.refusal ?? unknownIssuer(endEntity)
}

function unknownIssuer(child: Certificate): Refusal {
  const reason = isSelfIssued(child) ? 'ERR_X509_SELF_SIGNED' : 'ERR_X509_UNKNOWN_ISSUER'
  return new Refusal(reason, {
    certificate: child,
    expected: `its issuer (${child.issuer.text}) or a trust anchor`,
  })
}

function failureOf(check: () => void, certificate: Certificate): Refusal | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return asRefusal(error, certificate)
  }
}

/** The same authority, that is the same name and key, is on a path once at most. */
function closesLoop({ certificate }: Issuer, path: readonly Certificate[]): boolean {
  return (
    certificate !== undefined &&
    path.some(
      (other) =>
        other.subject.key === certificate.subject.key &&
        equalBytes(other.publicKey.spki, certificate.publicKey.spki),
    )
  )
}
