import { inWords } from '@mortise/wire'
import { elementsOf } from '../der.ts'
import { readGeneralName, type GeneralName } from '../generalName.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** RFC 5280 §4.2.2.1 */
export interface AccessDescription {
  /** Dotted object identifier. */
  readonly method: string
  readonly location: GeneralName
}

/** Nothing is ever fetched from there; it is decoded because it may be malformed. */
export const authorityInformationAccess: ExtensionDefinition<readonly AccessDescription[]> =
  /* @__PURE__ */ defineExtension('1.3.6.1.5.5.7.1.1', inWords && 'authorityInfoAccess', (reader) => {
    const descriptions = elementsOf(reader.reader(), (list) => {
      const fields = list.reader()
      const description = { method: fields.oid(), location: readGeneralName(fields) }
      fields.end()
      return description
    })
    if (descriptions.length === 0) throw malformed(inWords && 'no access description at all')
    return descriptions
  })
