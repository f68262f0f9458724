/** What a certificate must be on its own, wherever the path leads: as end entity, or as authority. */
import { inWords, listed } from '@mortise/wire'
import type { Certificate } from '../certificate.ts'
import { authorityInformationAccess } from '../extensions/authorityInformationAccess.ts'
import { basicConstraints } from '../extensions/basicConstraints.ts'
import { decodeExtension, readExtension, type ExtensionDefinition } from '../extensions/definition.ts'
import { extendedKeyUsage, KeyPurpose } from '../extensions/extendedKeyUsage.ts'
import { authorityKeyIdentifier, subjectKeyIdentifier } from '../extensions/keyIdentifiers.ts'
import { keyUsage, type KeyUsage } from '../extensions/keyUsage.ts'
import {
  certificatePolicies,
  inhibitAnyPolicy,
  policyConstraints,
  policyMappings,
} from '../extensions/policies.ts'
import { nameConstraints } from '../extensions/nameConstraints.ts'
import { subjectAlternativeName } from '../extensions/subjectAlternativeName.ts'
import { tlsFeature } from '../extensions/tlsFeature.ts'
import { checkPublicKey } from '../signaturePolicy.ts'
import { formatTime, isAfter } from '../time.ts'
import { Refusal } from '../verdict.ts'
import type { Rules } from './options.ts'
import type { Role } from './profile.ts'

/** What is understood, critical or not; and what must at least be well-formed. */
const understood: readonly ExtensionDefinition<unknown>[] = [
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  extendedKeyUsage,
  inhibitAnyPolicy,
  keyUsage,
  nameConstraints,
  policyConstraints,
  policyMappings,
  subjectAlternativeName,
  subjectKeyIdentifier,
  tlsFeature,
]
const wellFormed: readonly ExtensionDefinition<unknown>[] = [authorityInformationAccess]

/** @throws Refusal, X509Error */
export function checkEndEntity(certificate: Certificate, rules: Rules, isAnchor: boolean): void {
  checkFormat(certificate)
  checkValidity(certificate, rules.time)
  checkPublicKey(certificate.publicKey, rules.signatures)
  // One that is trusted as it is may be an authority as well: a self-signed server certificate, mostly
  if (!isAnchor && readExtension(certificate, basicConstraints)?.ca && rules.web)
    throw new Refusal('ERR_X509_CA_AS_END_ENTITY')
  if (rules.keyUsage) requireUsage(certificate, rules.keyUsage)
  checkPurpose(certificate, rules)
  if (!isAnchor) rules.web?.(certificate, 'end entity')
}

/** @throws Refusal, X509Error */
export function checkAuthority(certificate: Certificate, rules: Rules, role: Role): void {
  checkFormat(certificate)
  checkValidity(certificate, rules.time)
  checkPublicKey(certificate.publicKey, rules.signatures)
  // RFC 5280 §6.1.4 (k)
  if (!readExtension(certificate, basicConstraints)?.ca)
    throw new Refusal('ERR_X509_NOT_A_CA', { expected: inWords && 'basicConstraints with the cA bit' })
  // RFC 5280 §6.1.4 (n)
  requireUsage(certificate, 'keyCertSign')
  checkPurpose(certificate, rules)
  rules.web?.(certificate, role)
}

function checkFormat({ version, extensions }: Certificate): void {
  if (version !== 3)
    throw new Refusal('ERR_X509_UNSUPPORTED_VERSION', {
      expected: inWords && 'version 3',
      found: inWords && `version ${version}`,
    })
  for (const extension of extensions.values()) {
    const definition = understood.find(({ type }) => type === extension.type)
    // RFC 5280 §6.1.4 (o), §6.1.5 (f)
    if (extension.critical && !definition)
      throw new Refusal('ERR_X509_UNKNOWN_CRITICAL_EXTENSION', { found: extension.type })
    const decoder = definition ?? wellFormed.find(({ type }) => type === extension.type)
    if (decoder) decodeExtension(extension, decoder)
  }
  // RFC 5280 §4.2.1.4: of a critical extension, the qualifiers must be understood too
  const policies = extensions.get(certificatePolicies.type)
  if (policies?.critical && !decodeExtension(policies, certificatePolicies).qualifiersKnown)
    throw new Refusal('ERR_X509_UNKNOWN_CRITICAL_EXTENSION', {
      found: inWords && 'a policy qualifier that is not understood',
    })
}

/** RFC 5280 §6.1.3 (a) (2); both ends are part of the period, whose unit is the second (§4.1.2.5). */
function checkValidity({ notBefore, notAfter }: Certificate, time: number): void {
  if (time < notBefore)
    throw new Refusal('ERR_X509_NOT_YET_VALID', {
      expected: `a time from ${formatTime(notBefore)} on`,
      found: formatTime(time),
    })
  if (isAfter(time, notAfter))
    throw new Refusal('ERR_X509_EXPIRED', {
      expected: `a time until ${formatTime(notAfter)}`,
      found: formatTime(time),
    })
}

/** RFC 5280 §4.2.1.3: without the extension, any usage. */
function requireUsage(certificate: Certificate, usage: KeyUsage): void {
  const usages = readExtension(certificate, keyUsage)
  if (usages && !usages.has(usage))
    throw new Refusal('ERR_X509_KEY_USAGE', { expected: usage, found: [...usages].join(', ') })
}

/**
 * RFC 5280 §4.2.1.12: without the extension, any purpose. In an authority it limits what stands below, as the
 * Baseline Requirements (§7.1.2.10.6) and everybody's implementations have it.
 */
function checkPurpose(certificate: Certificate, { purpose }: Rules): void {
  const purposes = readExtension(certificate, extendedKeyUsage)
  if (purposes && !purposes.has(purpose) && !purposes.has(KeyPurpose.anyExtendedKeyUsage))
    throw new Refusal('ERR_X509_EXTENDED_KEY_USAGE', {
      expected: purpose,
      found: listed([...purposes], (oid) => oid),
    })
}
