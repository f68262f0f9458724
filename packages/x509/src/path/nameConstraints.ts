/**
 * Name constraints (RFC 5280 §4.2.1.10). Whatever can't be compared for certain, a malformed name or constraint or a
 * kind of name that nobody defines constraints for, counts as forbidden once a constraint of its kind is there.
 */
import type { Certificate } from '../certificate.ts'
import { readExtension } from '../extensions/definition.ts'
import type { NameConstraints } from '../extensions/nameConstraints.ts'
import { subjectAlternativeName } from '../extensions/subjectAlternativeName.ts'
import type { GeneralName } from '../generalName.ts'
import { parseDnsName, parsePresentedName } from '../names/dnsName.ts'
import { parseIpAddress } from '../names/ipAddress.ts'
import { formatGeneralName } from '../names/serverName.ts'
import type { Name } from '../name.ts'
import { Refusal } from '../verdict.ts'
import type { Budget } from './limits.ts'

/** @throws Refusal */
export function checkNameConstraints(
  certificate: Certificate,
  { permitted, excluded }: NameConstraints,
  budget: Budget,
): void {
  const names = namesOf(certificate)
  budget.nameConstraintChecks(names.length * (permitted.length + excluded.length))
  for (const name of names) {
    const allowed = permitted.filter(({ kind }) => kind === name.kind)
    if (allowed.length > 0 && !allowed.some((base) => isWithin(name, base)))
      throw refusal(certificate, 'a name that is permitted', name)
    if (excluded.some((base) => base.kind === name.kind && mayTouch(name, base)))
      throw refusal(certificate, 'no name that is excluded', name)
  }
}

const refusal = (certificate: Certificate, expected: string, name: GeneralName): Refusal =>
  new Refusal('ERR_X509_NAME_CONSTRAINTS', { certificate, expected, found: formatGeneralName(name) })

const emailAddress = '1.2.840.113549.1.9.1'

/** All that constraints apply to: subject, its email addresses unless they stand in subjectAltName, and subjectAltName. */
function namesOf(certificate: Certificate): readonly GeneralName[] {
  const { subject } = certificate
  const alternatives = readExtension(certificate, subjectAlternativeName)
  const emails: readonly GeneralName[] = alternatives?.some(({ kind }) => kind === 'email')
    ? []
    : subject.attributes
        .filter(({ type }) => type === emailAddress)
        .map(({ value }) => ({ kind: 'email', value: value ?? '' }))
  return [
    ...(subject.attributes.length > 0 ? [{ kind: 'directory', value: subject } as const] : []),
    ...emails,
    ...(alternatives ?? []),
  ]
}

/** Whether all that the name stands for lies in the subtree. */
function isWithin(name: GeneralName, base: GeneralName): boolean {
  switch (name.kind) {
    case 'dns':
      return base.kind === 'dns' && compareDns(name.value, base.value) === 'within'
    case 'email':
      return base.kind === 'email' && compareEmail(name.value, base.value) === 'within'
    case 'uri':
      return base.kind === 'uri' && compareUri(name.value, base.value) === 'within'
    case 'ip':
      return base.kind === 'ip' && compareIp(name.value, base.value) === 'within'
    case 'directory':
      return base.kind === 'directory' && isBelow(name.value, base.value)
    default:
      return false
  }
}

/** Whether the name may stand for something in the subtree. */
function mayTouch(name: GeneralName, base: GeneralName): boolean {
  switch (name.kind) {
    case 'dns':
      return base.kind === 'dns' && compareDns(name.value, base.value) !== 'apart'
    case 'email':
      return base.kind === 'email' && compareEmail(name.value, base.value) !== 'apart'
    case 'uri':
      return base.kind === 'uri' && compareUri(name.value, base.value) !== 'apart'
    case 'ip':
      return base.kind === 'ip' && compareIp(name.value, base.value) !== 'apart'
    case 'directory':
      return base.kind === 'directory' && isBelow(name.value, base.value)
    default:
      return true
  }
}

/** `unclear`: partly, or not to be compared. */
type Relation = 'within' | 'apart' | 'unclear'

const relation = (within: boolean): Relation => (within ? 'within' : 'apart')

function compareDns(name: string, base: string): Relation {
  const presented = parsePresentedName(name, true)
  const subtree = base === '' ? [] : parseDnsName(base, true)
  if (!presented || !subtree) return 'unclear'
  if (presented[0] !== '*') return relation(endsWith(presented, subtree))
  // A wildcard stands for one label: it may reach into a subtree that begins right below it (RFC 9525 §6.3)
  const parent = presented.slice(1)
  if (endsWith(parent, subtree)) return 'within'
  return subtree.length === presented.length && endsWith(subtree, parent) ? 'unclear' : 'apart'
}

const endsWith = (labels: readonly string[], end: readonly string[]): boolean =>
  end.length <= labels.length && end.every((label, i) => label === labels[labels.length - end.length + i])

/** A mailbox, a host (`example.com`), or all hosts in a domain (`.example.com`). Local parts are compared literally. */
function compareEmail(name: string, base: string): Relation {
  const mailbox = splitMailbox(name)
  if (!mailbox) return 'unclear'
  if (!base.includes('@')) return compareHost(mailbox.host, base)
  const permitted = splitMailbox(base)
  return permitted
    ? relation(mailbox.local === permitted.local && sameHost(mailbox.host, permitted.host))
    : 'unclear'
}

/** Quoted local parts are not understood. */
function splitMailbox(
  text: string,
): { readonly local: string; readonly host: readonly string[] } | undefined {
  const [local = '', domain, ...more] = text.split('@')
  const host = domain === undefined || more.length > 0 ? undefined : parseDnsName(domain, true)
  return host && local !== '' && !/["\s]/.test(local) ? { local, host } : undefined
}

const sameHost = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && endsWith(a, b)

/** For URIs and email: a host, or with a leading dot what stands below it. */
function compareHost(host: readonly string[], base: string): Relation {
  const below = base.startsWith('.')
  const subtree = parseDnsName(below ? base.slice(1) : base, true)
  if (!subtree) return 'unclear'
  return relation(below ? host.length > subtree.length && endsWith(host, subtree) : sameHost(host, subtree))
}

/** RFC 5280 §4.2.1.10: a URI without a host name is not to be compared. */
function compareUri(name: string, base: string): Relation {
  const authority = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(name)?.[1]
  const text = authority?.replace(/^[^@]*@/, '').replace(/:\d*$/, '') ?? ''
  const host = parseIpAddress(text) ? undefined : parseDnsName(text, true)
  return host ? compareHost(host, base) : 'unclear'
}

/** Address and mask (RFC 4632); an IPv4 address is never within an IPv6 range. */
function compareIp(address: Uint8Array, base: Uint8Array): Relation {
  if (base.length !== 8 && base.length !== 32) return 'unclear'
  const half = base.length / 2
  const mask = base.subarray(half)
  if (!isPrefixMask(mask)) return 'unclear'
  if (address.length !== half) return 'apart'
  return relation(address.every((byte, i) => ((byte ^ (base[i] ?? 0)) & (mask[i] ?? 0)) === 0))
}

const isPrefixMask = (mask: Uint8Array): boolean =>
  /^1*0*$/.test(Array.from(mask, (byte) => byte.toString(2).padStart(8, '0')).join(''))

function isBelow(name: Name, base: Name): boolean {
  return (
    base.relativeNames.length <= name.relativeNames.length &&
    base.relativeNames.every((relative, i) => relative === name.relativeNames[i])
  )
}
