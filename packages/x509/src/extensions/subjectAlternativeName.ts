import { inWords } from '@mortise/wire'
import { readGeneralNames, type GeneralName } from '../generalName.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** RFC 5280 §4.2.1.6 */
export const subjectAlternativeName: ExtensionDefinition<readonly GeneralName[]> =
  /* @__PURE__ */ defineExtension('2.5.29.17', inWords && 'subjectAltName', (reader) => {
    const names = readGeneralNames(reader.reader())
    if (names.some(({ kind, value }) => kind === 'ip' && value.length !== 4 && value.length !== 16))
      throw malformed(inWords && 'an IP address of neither 4 nor 16 bytes')
    return names
  })
