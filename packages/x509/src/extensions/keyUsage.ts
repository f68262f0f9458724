import { inWords } from '@mortise/wire'
import { readBitString, Tag } from '../der.ts'
import { malformed } from '../X509Error.ts'
import { defineExtension, type ExtensionDefinition } from './definition.ts'

/** In the order of their bits (RFC 5280 §4.2.1.3). */
const keyUsages = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

export type KeyUsage = (typeof keyUsages)[number]

/** RFC 5280 §4.2.1.3 */
export const keyUsage: ExtensionDefinition<ReadonlySet<KeyUsage>> = /* @__PURE__ */ defineExtension(
  '2.5.29.15',
  inWords && 'keyUsage',
  (reader) => {
    const { bytes } = readBitString(reader.content(Tag.bitString))
    const usages = keyUsages.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0)
    if (usages.length === 0) throw malformed(inWords && 'no usage at all')
    return new Set(usages)
  },
)
