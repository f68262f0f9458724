/**
 * What speaks when it is not TLS. People meet this daily: a plain HTTP client on a TLS port, a proxy's answer,
 * a mail server that wants STARTTLS first. A sentence that says so saves an hour.
 */
import { TlsError } from '@mortise/wire'
import type { RecordHeader } from './framing.ts'

const lookalikes: readonly (readonly [start: string, what: string])[] = [
  ['GET ', 'an HTTP request'],
  ['POST ', 'an HTTP request'],
  ['HEAD ', 'an HTTP request'],
  ['PUT ', 'an HTTP request'],
  ['DELET', 'an HTTP request'],
  ['OPTIO', 'an HTTP request'],
  ['PATCH', 'an HTTP request'],
  ['TRACE', 'an HTTP request'],
  ['PRI *', 'an HTTP/2 connection preface'],
  ['CONNE', 'a request to an HTTP proxy'],
  ['HTTP/', 'an HTTP response, so the peer does not speak TLS on this port'],
  ['SSH-', 'an SSH server'],
  ['220 ', 'the greeting of an SMTP or FTP server, which needs STARTTLS or AUTH TLS first'],
  ['220-', 'the greeting of an SMTP or FTP server, which needs STARTTLS or AUTH TLS first'],
  ['+OK', 'the greeting of a POP3 server, which needs STLS first'],
  ['* OK', 'the greeting of an IMAP server, which needs STARTTLS first'],
]

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
  if (header.type >= 0x80 && bytes[2] === 1) throw notTls('an SSL 2.0 ClientHello')
  if (bytes[1] === 3) return
  const text = String.fromCharCode(...bytes)
  const found = lookalikes.find(([start]) => text.startsWith(start))
  throw notTls(
    found ? found[1] : `it starts with ${bytes.map((b) => b.toString(16).padStart(2, '0')).join(' ')}`,
  )
}

function notTls(detail: string): TlsError {
  return new TlsError('ERR_TLS_NOT_TLS', { detail })
}
