/**
 * Rules that issuers must keep, but that path validation doesn't need (RFC 5280 §4, Baseline Requirements §7.1).
 * A certificate that breaks one was made by somebody who doesn't know the rules, or whom nobody made keep them: on
 * the web, both are reasons for refusal. Private authorities break them all the time, which is what the profile
 * `private` is for.
 */
import { equalBytes } from '@mortise/wire'
import { isSelfIssued, type Certificate } from '../certificate.ts'
import { authorityInformationAccess } from '../extensions/authorityInformationAccess.ts'
import { basicConstraints } from '../extensions/basicConstraints.ts'
import { readExtension } from '../extensions/definition.ts'
import { extendedKeyUsage, KeyPurpose } from '../extensions/extendedKeyUsage.ts'
import {
  authorityKeyIdentifier,
  subjectKeyIdentifier,
  type AuthorityKeyIdentifier,
} from '../extensions/keyIdentifiers.ts'
import { keyUsage } from '../extensions/keyUsage.ts'
import { nameConstraints } from '../extensions/nameConstraints.ts'
import { inhibitAnyPolicy, policyConstraints } from '../extensions/policies.ts'
import { subjectAlternativeName } from '../extensions/subjectAlternativeName.ts'
import { Refusal } from '../verdict.ts'

/** `web`: with the rules of this file. `private`: without. */
export type Profile = 'web' | 'private'

export type Role = 'end entity' | 'intermediate' | 'anchor'

interface Subject {
  readonly certificate: Certificate
  readonly role: Role
  readonly isRoot: boolean
  readonly authorityKey: AuthorityKeyIdentifier | undefined
  readonly subjectKey: Uint8Array | undefined
  /** Whether an extension is critical; `undefined` if it is not there. */
  readonly critical: (definition: { readonly type: string }) => boolean | undefined
}

type Rule = readonly [expected: string, holds: (subject: Subject) => boolean]

const all: readonly Rule[] = [
  ['an issuer (RFC 5280 §4.1.2.4)', ({ certificate }) => certificate.issuer.attributes.length > 0],
  [
    'a positive serial number of at most 20 bytes (RFC 5280 §4.1.2.2)',
    ({ certificate, role }) => role === 'anchor' || isSoundSerialNumber(certificate.serialNumber),
  ],
  [
    'an RSA modulus of whole bytes (Baseline Requirements §6.1.5)',
    ({ certificate }) => (certificate.publicKey.rsa?.modulusBits ?? 0) % 8 === 0,
  ],
  [
    'an uncritical authorityKeyIdentifier (RFC 5280 §4.2.1.1)',
    ({ critical }) => !critical(authorityKeyIdentifier),
  ],
  [
    'an uncritical subjectKeyIdentifier (RFC 5280 §4.2.1.2)',
    ({ critical }) => !critical(subjectKeyIdentifier),
  ],
  [
    'an uncritical authorityInfoAccess (RFC 5280 §4.2.2.1)',
    ({ critical }) => !critical(authorityInformationAccess),
  ],
  [
    'critical policyConstraints (RFC 5280 §4.2.1.11)',
    ({ critical }) => critical(policyConstraints) !== false,
  ],
  [
    'a critical inhibitAnyPolicy (RFC 5280 §4.2.1.14)',
    ({ critical }) => critical(inhibitAnyPolicy) !== false,
  ],
  [
    'an authorityKeyIdentifier (RFC 5280 §4.2.1.1)',
    ({ authorityKey, role }) => role === 'anchor' || authorityKey?.keyIdentifier !== undefined,
  ],
  [
    'an authorityKeyIdentifier with a key identifier only (Baseline Requirements §7.1.2.1.3)',
    ({ authorityKey, isRoot }) =>
      !isRoot || !authorityKey || (authorityKey.keyIdentifier !== undefined && !authorityKey.issuer),
  ],
  [
    'an authorityKeyIdentifier equal to the subjectKeyIdentifier (Baseline Requirements §7.1.2.1.3)',
    ({ authorityKey, subjectKey, isRoot }) =>
      !isRoot ||
      !authorityKey?.keyIdentifier ||
      !subjectKey ||
      equalBytes(authorityKey.keyIdentifier, subjectKey),
  ],
]

const authorities: readonly Rule[] = [
  ['a subject (RFC 5280 §4.1.2.6)', ({ certificate }) => certificate.subject.attributes.length > 0],
  // Roots without one are in every root store
  [
    'a subjectKeyIdentifier (RFC 5280 §4.2.1.2)',
    ({ subjectKey, role }) => role === 'anchor' || subjectKey !== undefined,
  ],
  ['critical basicConstraints (RFC 5280 §4.2.1.9)', ({ critical }) => critical(basicConstraints) === true],
  [
    'no extKeyUsage in a root (Baseline Requirements §7.1.2.1.2)',
    ({ critical, isRoot }) => !isRoot || critical(extendedKeyUsage) === undefined,
  ],
]

const endEntities: readonly Rule[] = [
  [
    'a subjectAltName that is critical if, and only if, the subject is empty (RFC 5280 §4.2.1.6)',
    ({ certificate, critical }) =>
      critical(subjectAlternativeName) !== certificate.subject.attributes.length > 0,
  ],
  ['no nameConstraints (RFC 5280 §4.2.1.10)', ({ critical }) => critical(nameConstraints) === undefined],
  [
    'no keyCertSign (RFC 5280 §4.2.1.3)',
    ({ certificate }) => !readExtension(certificate, keyUsage)?.has('keyCertSign'),
  ],
  [
    'an uncritical extKeyUsage (Baseline Requirements §7.1.2.7.6)',
    ({ critical }) => !critical(extendedKeyUsage),
  ],
  [
    'no anyExtendedKeyUsage (Baseline Requirements §7.1.2.7.10)',
    ({ certificate }) => !readExtension(certificate, extendedKeyUsage)?.has(KeyPurpose.anyExtendedKeyUsage),
  ],
]

/** @throws Refusal `ERR_X509_PROFILE` */
export function checkWebProfile(certificate: Certificate, role: Role): void {
  const subject: Subject = {
    certificate,
    role,
    isRoot: role === 'anchor' && isSelfIssued(certificate),
    authorityKey: readExtension(certificate, authorityKeyIdentifier),
    subjectKey: readExtension(certificate, subjectKeyIdentifier),
    critical: ({ type }) => certificate.extensions.get(type)?.critical,
  }
  const broken = [...all, ...(role === 'end entity' ? endEntities : authorities)].find(
    ([, holds]) => !holds(subject),
  )
  if (broken) throw new Refusal('ERR_X509_PROFILE', { certificate, expected: broken[0] })
}

function isSoundSerialNumber(serialNumber: Uint8Array): boolean {
  const [first = 0] = serialNumber
  // The zero byte that keeps a number positive is none of the 20
  const length = serialNumber.length - Number(first === 0)
  return first < 0x80 && length > 0 && length <= 20
}
