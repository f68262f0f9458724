import { inWords } from '@mortise/wire'
import { constructed, DerReader, primitive, Tag } from '../der.ts'
import { readGeneralNames, type GeneralName } from '../generalName.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** RFC 5280 §4.2.1.2 */
export const subjectKeyIdentifier: ExtensionDefinition<Uint8Array> = /* @__PURE__ */ defineExtension(
  '2.5.29.14',
  inWords && 'subjectKeyIdentifier',
  (reader) => reader.content(Tag.octetString),
)

/** RFC 5280 §4.2.1.1 */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | undefined
  /** Name and serial number of the issuer's certificate: both or neither. */
  readonly issuer: readonly GeneralName[] | undefined
  readonly serialNumber: Uint8Array | undefined
}

export const authorityKeyIdentifier: ExtensionDefinition<AuthorityKeyIdentifier> =
  /* @__PURE__ */ defineExtension('2.5.29.35', inWords && 'authorityKeyIdentifier', (reader) => {
    const fields = reader.reader()
    const keyIdentifier = fields.optional(primitive(0))
    const issuer = fields.optional(constructed(1))
    const serialNumber = fields.optional(primitive(2))
    fields.end()
    if (!issuer !== !serialNumber)
      throw malformed(inWords && 'one of authorityCertIssuer and authorityCertSerialNumber')
    return { keyIdentifier, issuer: issuer && readGeneralNames(new DerReader(issuer)), serialNumber }
  })
