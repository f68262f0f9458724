/** Certificate policies and what constrains them (RFC 5280 §4.2.1.4, §4.2.1.5, §4.2.1.11, §4.2.1.14). */
import { inWords } from '@mortise/wire'
import { elementsOf, primitive, readSmallInteger, Tag, type DerReader } from '../der.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

export const anyPolicy = '2.5.29.32.0'

/** Nobody needs as many, and the work grows with them. */
const maxPolicies = 256

/** Certificate policies (RFC 5280 §4.2.1.4). */
export interface CertificatePolicies {
  /** Dotted object identifiers. */
  readonly policies: ReadonlySet<string>
  /** Whether all qualifiers are of the two kinds that RFC 5280 defines. */
  readonly qualifiersKnown: boolean
}

const knownQualifiers: ReadonlySet<string> = /* @__PURE__ */ new Set([
  '1.3.6.1.5.5.7.2.1',
  '1.3.6.1.5.5.7.2.2',
])

export const certificatePolicies: ExtensionDefinition<CertificatePolicies> = /* @__PURE__ */ defineExtension(
  '2.5.29.32',
  inWords && 'certificatePolicies',
  (reader) => {
    const list = atLeastOne(elementsOf(reader.reader(), readPolicyInformation))
    const policies = new Set(list.map(({ policy }) => policy))
    if (policies.size < list.length) throw malformed(inWords && 'a policy that is there twice')
    return {
      policies,
      qualifiersKnown: list.every(({ qualifiers }) => qualifiers.every((type) => knownQualifiers.has(type))),
    }
  },
)

function readPolicyInformation(reader: DerReader): {
  readonly policy: string
  readonly qualifiers: readonly string[]
} {
  const fields = reader.reader()
  const policy = fields.oid()
  const qualifiers = fields.atEnd ? [] : atLeastOne(elementsOf(fields.reader(), readQualifier))
  fields.end()
  return { policy, qualifiers }
}

function readQualifier(reader: DerReader): string {
  const fields = reader.reader()
  const type = fields.oid()
  fields.any()
  fields.end()
  return type
}

/** The issuer's policy, and the subject's that it takes for equal. */
export type PolicyMapping = readonly [issuerDomainPolicy: string, subjectDomainPolicy: string]

export const policyMappings: ExtensionDefinition<readonly PolicyMapping[]> = /* @__PURE__ */ defineExtension(
  '2.5.29.33',
  inWords && 'policyMappings',
  (reader) =>
    atLeastOne(
      elementsOf(reader.reader(), (list): PolicyMapping => {
        const fields = list.reader()
        const mapping = [fields.oid(), fields.oid()] as const
        fields.end()
        if (mapping.includes(anyPolicy)) throw malformed(inWords && 'anyPolicy in a mapping') // RFC 5280 §6.1.4 (a)
        return mapping
      }),
    ),
)

/** Policy constraints (RFC 5280 §4.2.1.11). */
export interface PolicyConstraints {
  readonly requireExplicitPolicy: number | undefined
  readonly inhibitPolicyMapping: number | undefined
}

export const policyConstraints: ExtensionDefinition<PolicyConstraints> = /* @__PURE__ */ defineExtension(
  '2.5.29.36',
  inWords && 'policyConstraints',
  (reader) => {
    const fields = reader.reader()
    const explicit = fields.optional(primitive(0))
    const mapping = fields.optional(primitive(1))
    fields.end()
    if (!explicit && !mapping) throw malformed(inWords && 'no constraint at all')
    return {
      requireExplicitPolicy: explicit && readSmallInteger(explicit),
      inhibitPolicyMapping: mapping && readSmallInteger(mapping),
    }
  },
)

export const inhibitAnyPolicy: ExtensionDefinition<number> = /* @__PURE__ */ defineExtension(
  '2.5.29.54',
  inWords && 'inhibitAnyPolicy',
  (reader) => readSmallInteger(reader.content(Tag.integer)),
)

function atLeastOne<T>(list: readonly T[]): readonly T[] {
  if (list.length === 0) throw malformed(inWords && 'an empty list')
  if (list.length > maxPolicies) throw malformed(inWords && `a list of more than ${maxPolicies}`)
  return list
}
