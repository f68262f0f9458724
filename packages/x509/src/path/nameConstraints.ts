/**
 * Name constraints (RFC 5280 §4.2.1.10). Whatever can't be compared for certain, a malformed name or constraint or a
 * kind of name that nobody defines constraints for, counts as forbidden once a constraint of its kind is there.
 */
import { inWords } from '@mortise/wire'
import type { Certificate } from '../certificate.ts'
import { readExtension } from '../extensions/definition.ts'
import type { NameConstraints } from '../extensions/nameConstraints.ts'
import { subjectAlternativeName } from '../extensions/subjectAlternativeName.ts'
import type { GeneralName } from '../generalName.ts'
import { parseDnsName, parsePresentedName } from '../names/dnsName.ts'
import { parseIpAddress } from '../names/ipAddress.ts'
import { formatGeneralName } from '../names/serverName.ts'
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
    if (allowed.length > 0 && !allowed.some((base) => compare(name, base) === 'within'))
      throw refusal(certificate, inWords && 'a name that is permitted', name)
    if (excluded.some((base) => base.kind === name.kind && compare(name, base) !== 'apart'))
      throw refusal(certificate, inWords && 'no name that is excluded', name)
  }
}

/** Of two names of the same kind. */
const compare: Comparison = (name, base) => comparisons[name.kind]?.(name, base) ?? 'unclear'

const refusal = (certificate: Certificate, expected: string | false, name: GeneralName): Refusal =>
  new Refusal('ERR_X509_NAME_CONSTRAINTS', { certificate, expected, found: formatGeneralName(name) })

/** Remembers what `read` makes of something: names and constraints are compared over and over, and may be long. */
function remember<Key extends object, T>(read: (key: Key) => T): (key: Key) => T {
  const known = new WeakMap<Key, { readonly value: T }>()
  return (key) => {
    const entry = known.get(key) ?? { value: read(key) }
    known.set(key, entry)
    return entry.value
  }
}

const emailAddress = '1.2.840.113549.1.9.1'

/** All that constraints apply to: subject, its email addresses unless they stand in subjectAltName, and subjectAltName. */
const namesOf = /* @__PURE__ */ remember((certificate: Certificate): readonly GeneralName[] => {
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
})

/** Whether what the name stands for lies in the subtree. `unclear`: partly, or not to be compared. */
type Relation = 'within' | 'apart' | 'unclear'

const relation = (within: boolean): Relation => (within ? 'within' : 'apart')

type Text = Extract<GeneralName, { readonly value: string }>
type Directory = Extract<GeneralName, { readonly kind: 'directory' }>
type Address = Extract<GeneralName, { readonly kind: 'ip' }>
type Labels = readonly string[]

const presentedName = /* @__PURE__ */ remember(({ value }: Text) => parsePresentedName(value, true))
const dnsSubtree = /* @__PURE__ */ remember(({ value }: Text) =>
  value === '' ? [] : parseDnsName(value, true),
)

function compareDns(name: Text, base: Text): Relation {
  const presented = presentedName(name)
  const subtree = dnsSubtree(base)
  if (!presented || !subtree) return 'unclear'
  if (presented[0] !== '*') return relation(endsWith(presented, subtree))
  // A wildcard stands for one label: it may reach into a subtree that begins right below it (RFC 9525 §6.3)
  const parent = presented.slice(1)
  if (endsWith(parent, subtree)) return 'within'
  return subtree.length === presented.length && endsWith(subtree, parent) ? 'unclear' : 'apart'
}

const endsWith = (labels: Labels, end: Labels): boolean =>
  end.length <= labels.length && end.every((label, i) => label === labels[labels.length - end.length + i])

interface Mailbox {
  readonly local: string
  readonly host: Labels
}

/** Quoted local parts are not understood. */
const mailboxOf = /* @__PURE__ */ remember(({ value }: Text): Mailbox | undefined => {
  const [local = '', domain, ...more] = value.split('@')
  const host = domain === undefined || more.length > 0 ? undefined : parseDnsName(domain, true)
  return host && local !== '' && !/["\s]/.test(local) ? { local, host } : undefined
})

/** A mailbox, a host (`example.com`), or all hosts in a domain (`.example.com`). Local parts are compared literally. */
function compareEmail(name: Text, base: Text): Relation {
  const mailbox = mailboxOf(name)
  if (!mailbox) return 'unclear'
  const hosts = hostSubtree(base)
  if (hosts) return compareHost(mailbox.host, hosts)
  const permitted = mailboxOf(base)
  return permitted
    ? relation(mailbox.local === permitted.local && sameHost(mailbox.host, permitted.host))
    : 'unclear'
}

const sameHost = (a: Labels, b: Labels): boolean => a.length === b.length && endsWith(a, b)

interface HostSubtree {
  /** What stands below the host, and not the host itself. */
  readonly below: boolean
  readonly labels: Labels
}

/** For URIs and email: a host, or with a leading dot what stands below it. */
const hostSubtree = /* @__PURE__ */ remember(({ value }: Text): HostSubtree | undefined => {
  const below = value.startsWith('.')
  const labels = parseDnsName(below ? value.slice(1) : value, true)
  return labels && { below, labels }
})

const compareHost = (host: Labels, { below, labels }: HostSubtree): Relation =>
  relation(below ? host.length > labels.length && endsWith(host, labels) : sameHost(host, labels))

/** RFC 5280 §4.2.1.10: a URI without a host name is not to be compared. */
const hostOfUri = /* @__PURE__ */ remember(({ value }: Text): Labels | undefined => {
  const authority = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(value)?.[1]
  const text = authority?.replace(/^[^@]*@/, '').replace(/:\d*$/, '') ?? ''
  return parseIpAddress(text) ? undefined : parseDnsName(text, true)
})

function compareUri(name: Text, base: Text): Relation {
  const host = hostOfUri(name)
  const hosts = hostSubtree(base)
  return host && hosts ? compareHost(host, hosts) : 'unclear'
}

/** Whether it is an address with a mask that is a prefix (RFC 4632). */
const isRange = /* @__PURE__ */ remember(({ value }: Address): boolean => {
  if (value.length !== 8 && value.length !== 32) return false
  const mask = value.subarray(value.length / 2)
  return /^1*0*$/.test(Array.from(mask, (byte) => byte.toString(2).padStart(8, '0')).join(''))
})

/** An IPv4 address is never within an IPv6 range. */
function compareIp({ value: address }: Address, base: Address): Relation {
  if (!isRange(base)) return 'unclear'
  const half = base.value.length / 2
  if (address.length !== half) return 'apart'
  return relation(
    address.every((byte, i) => ((byte ^ (base.value[i] ?? 0)) & (base.value[half + i] ?? 0)) === 0),
  )
}

function compareDirectory(
  { value: { relativeNames: names } }: Directory,
  { value: base }: Directory,
): Relation {
  return relation(base.relativeNames.every((relative, i) => relative === names[i]))
}

type Comparison = (name: GeneralName, base: GeneralName) => Relation

/** Of two names of the same kind; other kinds nobody can compare. */
const comparisons: { readonly [Kind in GeneralName['kind']]?: Comparison } = {
  dns: compareDns,
  email: compareEmail,
  uri: compareUri,
  ip: compareIp,
  directory: compareDirectory,
} as Record<string, Comparison>
