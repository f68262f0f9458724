/** Which part of an authority's certificates a revocation list is about (RFC 5280 §4.2.1.13, §5.2.5). */
import { inWords } from '@mortise/wire'
import { constructed, DerReader, elementsOf, primitive, readBoolean } from '../der.ts'
import { readGeneralNames, type GeneralName } from '../generalName.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** DistributionPointName; `undefined` for a name relative to the issuer, which nobody uses. */
type PointName = readonly GeneralName[] | undefined

/** Where revocation lists are to be had, and which (RFC 5280 §4.2.1.13). */
export interface DistributionPoint {
  readonly fullName: PointName
  /** The list is about some reasons only, or made by somebody else. */
  readonly restricted: boolean
}

export const cRLDistributionPoints: ExtensionDefinition<readonly DistributionPoint[]> =
  /* @__PURE__ */ defineExtension('2.5.29.31', inWords && 'cRLDistributionPoints', (reader) => {
    const points = elementsOf(reader.reader(), (list) => {
      const fields = list.reader()
      const name = fields.optional(constructed(0))
      const reasons = fields.optional(primitive(1))
      const issuer = fields.optional(constructed(2))
      fields.end()
      return { fullName: name && readPointName(name), restricted: Boolean(reasons ?? issuer) }
    })
    if (points.length === 0) throw malformed(inWords && 'no distribution point at all')
    return points
  })

export interface IssuingDistributionPoint {
  /** Where the list is for those certificates only that name the same place; `undefined` if it is for all. */
  readonly fullName: readonly GeneralName[] | undefined
  readonly onlyUsers: boolean
  readonly onlyAuthorities: boolean
  /** It is about some reasons only, about other issuers' certificates, or about attribute certificates. */
  readonly restricted: boolean
}

export const issuingDistributionPoint: ExtensionDefinition<IssuingDistributionPoint> =
  /* @__PURE__ */ defineExtension('2.5.29.28', inWords && 'issuingDistributionPoint', (reader) => {
    const fields = reader.reader()
    const name = fields.optional(constructed(0))
    const flag = (number: number): boolean => {
      const content = fields.optional(primitive(number))
      return content !== undefined && readBoolean(content)
    }
    const [onlyUsers, onlyAuthorities] = [flag(1), flag(2)]
    const reasons = fields.optional(primitive(3))
    const [indirect, onlyAttributes] = [flag(4), flag(5)]
    fields.end()
    const fullName = name && readPointName(name)
    const isRelative = name !== undefined && fullName === undefined
    return {
      fullName,
      onlyUsers,
      onlyAuthorities,
      restricted: reasons !== undefined || indirect || onlyAttributes || isRelative,
    }
  })

function readPointName(content: Uint8Array): PointName {
  const reader = new DerReader(content)
  const fullName = reader.optional(constructed(0))
  if (!fullName) {
    reader.content(constructed(1))
    reader.end()
    return undefined
  }
  reader.end()
  return readGeneralNames(new DerReader(fullName))
}
