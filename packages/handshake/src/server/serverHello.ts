/** ServerHello and EncryptedExtensions as a server makes them (RFC 9846 §4.2.3, §4.4.1). */
import type { CipherSuite, KeyExchangeGroup, KeyResponse } from '@mortise/crypto'
import {
  applicationLayerProtocolNegotiation,
  clientCertificateType,
  earlyData,
  encodeHandshake,
  EncryptedExtensions,
  HandshakeType,
  keyShare,
  preSharedKey,
  ProtocolVersion,
  recordSizeLimit,
  serverCertificateType,
  ServerHello,
  serverName,
  supportedGroups,
  supportedVersions,
  writeExtension,
  type Extension,
  type KeyShareEntry,
} from '@mortise/wire'
import { protocolBytes } from '../alpn.ts'
import { typeOf } from '../authentication/credential.ts'
import type { ChosenCredential } from '../authentication/credentials.ts'
import type { ServerConfig } from '../config.ts'
import { privateExtensionsOf } from '../privateExtensions.ts'
import type { Asking } from './asking.ts'
import type { ClientHelloInfo } from './clientHelloInfo.ts'
import { findServerCredential } from './negotiate.ts'
import type { SelectedKey } from './selectPreSharedKey.ts'

/** What the ClientHello led to. */
export interface Agreement {
  readonly config: ServerConfig
  readonly hello: ClientHelloInfo
  readonly suite: CipherSuite
  readonly key: SelectedKey | undefined
  /** `undefined` with psk_ke. */
  readonly exchange: { readonly group: KeyExchangeGroup; readonly share: KeyShareEntry } | undefined
  readonly retried: boolean
}

/** What is settled on top of it, and told in EncryptedExtensions. */
export interface Parameters {
  readonly alpn: string | undefined
  readonly acceptEarlyData: boolean
  /** `undefined` if a pre-shared key takes its place. */
  readonly credential: ChosenCredential | undefined
  readonly asking: Asking
}

export function composeServerHello(
  { config, hello, suite, key, exchange }: Agreement,
  response: KeyResponse | undefined,
): Uint8Array {
  const extensions: Extension[] = []
  if (key) extensions.push(writeExtension(preSharedKey, 'serverHello', { selectedIdentity: key.index }))
  if (exchange && response)
    extensions.push(
      writeExtension(keyShare, 'serverHello', {
        serverShare: { group: exchange.group.group, keyExchange: response.share },
      }),
    )
  extensions.push(
    writeExtension(supportedVersions, 'serverHello', { selectedVersion: ProtocolVersion.TLS_1_3 }),
  )
  return encodeHandshake(HandshakeType.server_hello, ServerHello, {
    legacyVersion: ProtocolVersion.TLS_1_2,
    random: config.provider.random(32),
    legacySessionIdEcho: hello.message.legacySessionId,
    cipherSuite: suite.suite,
    legacyCompressionMethod: 0,
    extensions,
  })
}

export function composeEncryptedExtensions(
  agreement: Agreement,
  { alpn, acceptEarlyData, credential, asking }: Parameters,
): Uint8Array {
  const { config, hello, key } = agreement
  const extensions: Extension[] = []
  if (config.announceGroups)
    extensions.push(
      writeExtension(supportedGroups, 'encryptedExtensions', {
        namedGroupList: config.groups.map(({ group }) => group),
      }),
    )
  if (hello.recordSizeLimit !== undefined && config.recordSizeLimit !== undefined)
    extensions.push(
      writeExtension(recordSizeLimit, 'encryptedExtensions', { recordSizeLimit: config.recordSizeLimit }),
    )
  // RFC 6066 §3: an empty server_name says that the name was used, which resuming a session does not do
  if (hello.serverName !== undefined && !key)
    extensions.push({ extensionType: serverName.type, extensionData: new Uint8Array(0) })
  if (alpn !== undefined)
    extensions.push(
      writeExtension(applicationLayerProtocolNegotiation, 'encryptedExtensions', {
        protocolNameList: [protocolBytes(alpn)],
      }),
    )
  extensions.push(...certificateTypes(agreement, credential, asking))
  extensions.push(...privateExtensionsOf(config.extensions, hello.message.extensions))
  if (acceptEarlyData) extensions.push({ extensionType: earlyData.type, extensionData: new Uint8Array(0) })
  return encodeHandshake(HandshakeType.encrypted_extensions, EncryptedExtensions, { extensions })
}

/**
 * RFC 7250 §4.2: answers. For the server's own certificate also when a session is resumed, where it is the type that would
 * have been sent; for the client's only if one will be asked for.
 */
function certificateTypes(
  { config, hello, key }: Agreement,
  chosen: ChosenCredential | undefined,
  asking: Asking,
): readonly Extension[] {
  const { serverCertificateTypes, clientCertificateTypes } = hello
  const own = chosen ?? (key?.session && findServerCredential(hello, config))
  return [
    ...(serverCertificateTypes && own
      ? [
          writeExtension(serverCertificateType, 'encryptedExtensions', {
            serverCertificateType: typeOf(own.credential),
          }),
        ]
      : []),
    ...(clientCertificateTypes && (asking.inHandshake || asking.later)
      ? [
          writeExtension(clientCertificateType, 'encryptedExtensions', {
            clientCertificateType: asking.certificateType,
          }),
        ]
      : []),
  ]
}
