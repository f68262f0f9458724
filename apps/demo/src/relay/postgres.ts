/** As much of PostgreSQL's protocol as it takes to say hello through TLS. */
import type { ByteStream } from '@mortise/tls'
import { concat } from '@mortise/wire'

/** SSLRequest: length 8, code 80877103. */
const sslRequest = Uint8Array.of(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f)
const willing = 0x53 // S

/** Asks the server to speak TLS, and hands back the stream behind its answer. @throws Error if it will not */
export async function askForTls({ readable, writable }: ByteStream): Promise<ByteStream> {
  const writer = writable.getWriter()
  await writer.write(sslRequest)
  writer.releaseLock()
  const reader = readable.getReader()
  const { value } = await reader.read()
  reader.releaseLock()
  // More than one byte would be something that was slipped in before TLS, and is no part of it
  if (value?.length !== 1 || value[0] !== willing) throw new Error('the server does not speak TLS')
  return { readable, writable }
}

/** StartupMessage of protocol 3.0 for a user that need not exist: the server's answer is what we are after. */
export function startupMessage(): Uint8Array {
  const text = new TextEncoder().encode('user\0mortise\0database\0postgres\0\0')
  const length = 8 + text.length
  return concat(Uint8Array.of(length >> 24, length >> 16, length >> 8, length, 0, 3, 0, 0), text)
}

/** Messages for people: type, and what of it can be read. */
export function describeAnswer(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let at = 0; at + 5 <= bytes.length;) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at + 1, 4)
    const end = at + 1 + view.getUint32(0)
    const type = String.fromCharCode(bytes[at] ?? 0)
    const describe = descriptions[type] ?? readable
    lines.push(`${messageNames[type] ?? 'message'}: ${describe(bytes.subarray(at + 5, end))}`.trimEnd())
    at = Math.max(end, at + 5)
  }
  return lines.join('\n')
}

const messageNames: Readonly<Record<string, string>> = {
  R: 'Authentication',
  E: 'ErrorResponse',
  S: 'ParameterStatus',
  N: 'NoticeResponse',
  v: 'NegotiateProtocolVersion',
  K: 'BackendKeyData',
  Z: 'ReadyForQuery',
}

/** Of messages that are no text. */
const descriptions: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  R: describeAuthentication,
  K: () => '', // the key to cancel queries with
}

/** What the server wants to know; of those methods alone that have names for people, the rest is said (SASL). */
function describeAuthentication(bytes: Uint8Array): string {
  if (bytes.length < 4) return ''
  const code = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  return authenticationNames[code] ?? readable(bytes.subarray(4))
}

const authenticationNames: Readonly<Record<number, string>> = {
  0: 'Ok',
  3: 'CleartextPassword',
  5: 'MD5Password',
  7: 'GSS',
  9: 'SSPI',
}

const readable = (bytes: Uint8Array): string =>
  new TextDecoder()
    .decode(bytes)
    .replaceAll(/[^\u0020-\u007e]+/g, ' ')
    .trim()
