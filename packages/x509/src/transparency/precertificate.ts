/** A certificate as the log saw it, before its timestamps were put in (RFC 6962 §3.2). */
import { writeConstructed, writeSequence } from '@mortise/crypto/der'
import { inWords } from '@mortise/wire'
import type { Certificate } from '../certificate.ts'
import { constructed, DerReader, elementsOf, Tag } from '../der.ts'
import { defineExtension, type ExtensionDefinition } from '../extensions/definition.ts'

/** SignedCertificateTimestampList in a certificate (RFC 6962 §3.3). */
export const embeddedTimestamps: ExtensionDefinition<Uint8Array> = /* @__PURE__ */ defineExtension(
  '1.3.6.1.4.1.11129.2.4.2',
  inWords && 'signedCertificateTimestampList',
  (reader) => reader.content(Tag.octetString),
)

/** SignedCertificateTimestampList in a single response of OCSP (RFC 6962 §3.3). */
export const ocspTimestamps: ExtensionDefinition<Uint8Array> = /* @__PURE__ */ defineExtension(
  '1.3.6.1.4.1.11129.2.4.5',
  inWords && 'signedCertificateTimestampList',
  (reader) => reader.content(Tag.octetString),
)

/** The TBSCertificate without the extension that holds the timestamps. */
export function tbsWithoutTimestamps({ tbs }: Certificate): Uint8Array {
  const fields = elementsOf(new DerReader(tbs).reader(), (reader) => reader.any())
  return writeSequence(
    ...fields.flatMap(({ tag, content, encoded }) =>
      tag === constructed(3) ? otherExtensions(content) : [encoded],
    ),
  )
}

function otherExtensions(explicit: Uint8Array): readonly Uint8Array[] {
  const list = elementsOf(new DerReader(explicit).reader(), (reader) => reader.any().encoded)
  const others = list.filter(
    (extension) => new DerReader(extension).reader().oid() !== embeddedTimestamps.type,
  )
  return others.length > 0 ? [writeConstructed(3, writeSequence(...others))] : []
}
