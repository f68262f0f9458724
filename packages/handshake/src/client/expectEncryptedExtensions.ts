/** EncryptedExtensions: everything negotiated that needs no certificate (RFC 9846 §4.4.1). */
import {
  applicationLayerProtocolNegotiation,
  asciiText,
  checkExtensions,
  inWords,
  readExtension,
  recordSizeLimit,
  serverName,
  supportedGroups,
  TlsError,
  type EncryptedExtensions,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { HandshakeAction } from '../action.ts'
import { protocolName } from '../alpn.ts'
import { readAgreedTypes } from '../authentication/certificateType.ts'
import { dropEarlyExporter } from '../context.ts'
import type { Received, Step } from '../machine.ts'
import { privateExtensionsOf } from '../privateExtensions.ts'
import type { ClientContext } from './context.ts'
import type { ExpectCertificateOrRequest, ExpectEncryptedExtensions, ExpectFinished } from './states.ts'

export async function readEncryptedExtensions(
  state: ExpectEncryptedExtensions,
  { raw, body }: Received<'EncryptedExtensions'>,
  context: ClientContext,
): Promise<Step<ExpectCertificateOrRequest | ExpectFinished>> {
  const { config, transcript } = context
  checkExtensions(body.extensions, 'encryptedExtensions', state.hello.offered)
  // Nothing is done with these, but what does not parse is refused (RFC 9846 §4.3)
  readExtension(body.extensions, serverName, 'encryptedExtensions')
  readExtension(body.extensions, supportedGroups, 'encryptedExtensions')
  const alpn = readAlpn(body, config.alpn)
  const limit = readExtension(body.extensions, recordSizeLimit, 'encryptedExtensions')?.recordSizeLimit
  const earlyData = state.hello.keys?.earlyData?.decide(body, state, alpn)
  const { key } = state
  const certificateTypes = readAgreedTypes(body, config, key === undefined)
  transcript.add(raw)
  const actions: HandshakeAction[] = [
    ...(limit === undefined
      ? []
      : [
          {
            kind: 'limitRecordSize',
            read: config.recordSizeLimit,
            write: checkRecordSizeLimit(limit),
          } as const,
        ]),
    ...(earlyData?.actions ?? []),
  ]
  if (!earlyData?.accepted) dropEarlyExporter(context)
  const extensions = privateExtensionsOf(body.extensions, config.extensions)
  const parameters = { ...state, ...certificateTypes, alpn, extensions, earlyData }
  // RFC 9846 §4.3.11: a pre-shared key takes the place of Certificate and CertificateVerify
  return key
    ? {
        next: {
          ...parameters,
          name: 'ExpectFinished',
          request: undefined,
          peer: key.session?.peer,
          peerSignatureScheme: key.session?.peerSignatureScheme,
        },
        actions,
      }
    : { next: { ...parameters, name: 'ExpectCertificateOrRequest' }, actions }
}

function readAlpn({ extensions }: EncryptedExtensions, offered: readonly string[]): string | undefined {
  const names = readExtension(
    extensions,
    applicationLayerProtocolNegotiation,
    'encryptedExtensions',
  )?.protocolNameList
  if (!names) return undefined
  const [name, ...others] = names
  // RFC 7301 §3.1: the server's list has exactly one name
  if (!name || others.length > 0)
    throw new TlsError(faults.ERR_TLS_DECODE, {
      detail: inWords && `EncryptedExtensions: ${names.length} ALPN protocols, must be 1`,
    })
  const protocol = protocolName(name)
  if (!offered.includes(protocol))
    throw new TlsError(faults.ERR_TLS_ALPN_NOT_OFFERED, { detail: inWords && asciiText(name) })
  return protocol
}

/** RFC 8449 §4: smaller than 64 is illegal; more than TLS 1.3 allows means no limit. */
export function checkRecordSizeLimit(limit: number): number {
  if (limit < 64)
    throw new TlsError(faults.ERR_TLS_BAD_RECORD_SIZE_LIMIT, {
      detail: inWords && `record_size_limit ${limit}, at least 64`,
    })
  return Math.min(limit, 16_385)
}
