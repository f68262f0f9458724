/** What authorities impose on all that stands below them: path lengths and name constraints (RFC 5280 §6.1.4). */
import { isSelfIssued, type Certificate } from '../certificate.ts'
import { basicConstraints } from '../extensions/basicConstraints.ts'
import { readExtension } from '../extensions/definition.ts'
import { nameConstraints, type NameConstraints } from '../extensions/nameConstraints.ts'
import { Refusal } from '../verdict.ts'
import { checkNameConstraints } from './nameConstraints.ts'
import type { Budget } from './limits.ts'
import type { ValidPath } from './pathCheck.ts'

/** @throws Refusal, X509Error */
export function checkConstraints({ certificates, anchor }: ValidPath, budget: Budget): void {
  const constraints: NameConstraints[] = anchor.nameConstraints ? [anchor.nameConstraints] : []
  let pathLength = Infinity
  const impose = (authority: Certificate): void => {
    pathLength = Math.min(pathLength, readExtension(authority, basicConstraints)?.pathLength ?? Infinity)
    const further = readExtension(authority, nameConstraints)
    if (further) constraints.push(further)
  }

  if (anchor.certificate) impose(anchor.certificate)
  for (const certificate of certificates.toReversed()) {
    const isEndEntity = certificate === certificates[0]
    const selfIssued = isSelfIssued(certificate)
    // RFC 5280 §6.1.3 (b), (c): self-issued ones are free of them, unless they are the last
    if (isEndEntity || !selfIssued)
      for (const constraint of constraints) checkNameConstraints(certificate, constraint, budget)
    if (isEndEntity) return
    // RFC 5280 §6.1.4 (l), (m)
    if (!selfIssued && pathLength-- <= 0) throw new Refusal('ERR_X509_PATH_LENGTH', { certificate })
    impose(certificate)
  }
}
