import { inWords } from '@mortise/wire'
import { Tag } from '../der.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** The key may vouch for others, for days (RFC 9345 §4.2). It says nothing more. */
export const delegationUsage: ExtensionDefinition<true> = /* @__PURE__ */ defineExtension(
  '1.3.6.1.4.1.44363.44',
  inWords && 'DelegationUsage',
  (reader) => {
    if (reader.content(Tag.null).length > 0) throw malformed(inWords && 'a NULL that is not empty')
    return true
  },
)
