import { inWords } from '@mortise/wire'
import { elementsOf } from '../der.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** Dotted object identifiers. */
export const KeyPurpose = {
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
} as const

/** RFC 5280 §4.2.1.12 */
export const extendedKeyUsage: ExtensionDefinition<ReadonlySet<string>> = /* @__PURE__ */ defineExtension(
  '2.5.29.37',
  inWords && 'extKeyUsage',
  (reader) => {
    const purposes = elementsOf(reader.reader(), (fields) => fields.oid())
    if (purposes.length === 0) throw malformed(inWords && 'no purpose at all')
    return new Set(purposes)
  },
)
