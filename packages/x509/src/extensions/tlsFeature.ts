import { inWords } from '@mortise/wire'
import { elementsOf, readSmallInteger, Tag } from '../der.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** TLS extension types that the server must answer when a client offers them (RFC 7633 §4). */
export const tlsFeature: ExtensionDefinition<readonly number[]> = /* @__PURE__ */ defineExtension(
  '1.3.6.1.5.5.7.1.24',
  inWords && 'tlsfeature',
  (reader) => {
    const features = elementsOf(reader.reader(), (list) => readSmallInteger(list.content(Tag.integer)))
    if (features.length === 0) throw malformed(inWords && 'no feature at all')
    return features
  },
)
