import { inWords } from '@mortise/wire'
import { constructed, DerReader, elementsOf } from '../der.ts'
import { readGeneralName, type GeneralName } from '../generalName.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** RFC 5280 §4.2.1.10 */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}

export const nameConstraints: ExtensionDefinition<NameConstraints> = /* @__PURE__ */ defineExtension(
  '2.5.29.30',
  inWords && 'nameConstraints',
  (reader) => {
    const fields = reader.reader()
    const permitted = fields.optional(constructed(0))
    const excluded = fields.optional(constructed(1))
    fields.end()
    if (!permitted && !excluded) throw malformed(inWords && 'neither permitted nor excluded names')
    return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) }
  },
)

function readSubtrees(content: Uint8Array | undefined): readonly GeneralName[] {
  if (!content) return []
  const subtrees = elementsOf(new DerReader(content), (reader) => {
    const fields = reader.reader()
    const base = readGeneralName(fields)
    // minimum is 0, which is its default, and maximum is absent (RFC 5280 §4.2.1.10)
    fields.end()
    return base
  })
  if (subtrees.length === 0) throw malformed(inWords && 'an empty list of names')
  return subtrees
}
