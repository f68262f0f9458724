/** What speaks when it is not TLS. */
import { lookalikeOf } from './lookalikes.ts'
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { RecordHeader } from './framing.ts'

/** Whether a connection's first five bytes are no TLS record: neither a content type nor a version of SSL 3.0 or later. */
export function checkFirstBytes(header: RecordHeader): void {
  if (header.type >= 20 && header.type <= 24) return
  const bytes = [
    header.type,
    header.version >> 8,
    header.version & 255,
    header.length >> 8,
    header.length & 255,
  ]
  // RFC 9846 §E.5: a two-byte length with its top bit set, then CLIENT-HELLO
  if (header.type >= 0x80 && bytes[2] === 1) throw notTls(inWords && 'an SSL 2.0 ClientHello')
  if (bytes[1] === 3) return
  throw notTls(
    inWords &&
      (lookalikeOf(bytes) ?? `it starts with ${bytes.map((b) => b.toString(16).padStart(2, '0')).join(' ')}`),
  )
}

function notTls(detail: string | false): TlsError {
  return new TlsError(faults.ERR_TLS_NOT_TLS, { detail })
}
