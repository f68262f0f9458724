import { inWords } from '@mortise/wire'
import { readOptionalTrue, readSmallInteger, Tag } from '../der.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** RFC 5280 §4.2.1.9 */
export interface BasicConstraints {
  readonly ca: boolean
  readonly pathLength: number | undefined
}

export const basicConstraints: ExtensionDefinition<BasicConstraints> = /* @__PURE__ */ defineExtension(
  '2.5.29.19',
  inWords && 'basicConstraints',
  (reader) => {
    const fields = reader.reader()
    const ca = readOptionalTrue(fields)
    const length = fields.optional(Tag.integer)
    fields.end()
    if (length && !ca) throw malformed(inWords && 'a path length without the cA bit')
    return { ca, pathLength: length && readSmallInteger(length) }
  },
)
