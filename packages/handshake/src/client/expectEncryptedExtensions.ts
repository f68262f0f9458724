/** EncryptedExtensions: everything negotiated that needs no certificate (RFC 9846 §4.4.1). */
import {
  applicationLayerProtocolNegotiation,
  checkExtensions,
  readExtension,
  recordSizeLimit,
  serverName,
  supportedGroups,
  TlsError,
  type EncryptedExtensions,
} from '@mortise/wire'
import type { HandshakeAction } from '../action.ts'
import { protocolName } from '../alpn.ts'
import type { Received, Step } from '../machine.ts'
import type { ClientContext } from './context.ts'
import type { ExpectCertificateOrRequest, ExpectEncryptedExtensions } from './states.ts'

export async function readEncryptedExtensions(
  state: ExpectEncryptedExtensions,
  { raw, body }: Received<'EncryptedExtensions'>,
  { config, transcript }: ClientContext,
): Promise<Step<ExpectCertificateOrRequest>> {
  checkExtensions(body.extensions, 'encryptedExtensions', state.hello.offered)
  // Nothing is done with these, but what does not parse is refused (RFC 9846 §4.3)
  readExtension(body.extensions, serverName, 'encryptedExtensions')
  readExtension(body.extensions, supportedGroups, 'encryptedExtensions')
  const alpn = readAlpn(body, config.alpn)
  const limit = readExtension(body.extensions, recordSizeLimit, 'encryptedExtensions')?.recordSizeLimit
  transcript.add(raw)
  const actions: HandshakeAction[] =
    limit === undefined
      ? []
      : [{ kind: 'limitRecordSize', read: config.recordSizeLimit, write: checkRecordSizeLimit(limit) }]
  return { next: { ...state, name: 'ExpectCertificateOrRequest', alpn }, actions }
}

function readAlpn({ extensions }: EncryptedExtensions, offered: readonly string[]): string | undefined {
  const names = readExtension(extensions, applicationLayerProtocolNegotiation, 'encryptedExtensions')?.protocolNameList
  if (!names) return undefined
  const [name, ...others] = names
  // RFC 7301 §3.1: the server's list has exactly one name
  if (!name || others.length > 0)
    throw new TlsError('ERR_TLS_DECODE', { detail: `EncryptedExtensions: ${names.length} ALPN protocols, must be 1` })
  const protocol = protocolName(name)
  if (!offered.includes(protocol)) throw new TlsError('ERR_TLS_ALPN_NOT_OFFERED', { detail: JSON.stringify(protocol) })
  return protocol
}

/** RFC 8449 §4: smaller than 64 is illegal; more than TLS 1.3 allows means no limit. */
export function checkRecordSizeLimit(limit: number): number {
  if (limit < 64) throw new TlsError('ERR_TLS_ILLEGAL_PARAMETER', { detail: `record_size_limit ${limit}, at least 64` })
  return Math.min(limit, 16_385)
}
