/** The server's flight: ServerHello to Finished, and the keys that come of it (RFC 9846 §4.2.3 to §4.5.3). */
import type { CipherSuite, KeyExchangeGroup, KeyResponse } from '@mortise/crypto'
import {
  applicationLayerProtocolNegotiation,
  earlyData,
  encodeHandshake,
  EncryptedExtensions,
  HandshakeType,
  keyShare,
  preSharedKey,
  ProtocolVersion,
  recordSizeLimit,
  ServerHello,
  serverName,
  supportedGroups,
  supportedVersions,
  writeExtension,
  type Extension,
  type KeyShareEntry,
} from '@mortise/wire'
import type { HandshakeAction } from '../action.ts'
import { protocolBytes } from '../alpn.ts'
import { overallApproval } from '../approval.ts'
import { noContext } from '../authentication/certificate.ts'
import { chooseCompression } from '../authentication/compression.ts'
import type { ChosenCredential } from '../authentication/credentials.ts'
import { composeFinished } from '../authentication/finished.ts'
import { prove } from '../authentication/prove.ts'
import type { ServerConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { HandshakeInfo } from '../info.ts'
import { invalidShare } from '../invalidShare.ts'
import { keyLog } from '../keyLog.ts'
import { startKeySchedule } from '../keySchedule.ts'
import type { Step } from '../machine.ts'
import type { Transcript } from '../transcript.ts'
import type { ClientHelloInfo } from './clientHelloInfo.ts'
import { composeCertificateRequest } from './certificateRequest.ts'
import { acceptsEarlyData } from './earlyData.ts'
import { chooseAlpn, chooseServerCredential } from './negotiate.ts'
import type { SelectedKey } from './selectPreSharedKey.ts'
import type { ExpectCertificate, ExpectEndOfEarlyData, ExpectFinished } from './states.ts'

export interface Agreement {
  readonly config: ServerConfig
  readonly hello: ClientHelloInfo
  readonly suite: CipherSuite
  readonly key: SelectedKey | undefined
  /** `undefined` with psk_ke. */
  readonly exchange: { readonly group: KeyExchangeGroup; readonly share: KeyShareEntry } | undefined
  readonly retried: boolean
}

export async function composeServerFlight(
  agreement: Agreement,
  context: Context<unknown>,
): Promise<Step<ExpectEndOfEarlyData | ExpectCertificate | ExpectFinished>> {
  const { transcript } = context
  const { config, hello, suite, key, exchange, retried } = agreement
  const chosen = key ? undefined : chooseServerCredential(hello, config)
  const alpn = chooseAlpn(hello, config)
  const acceptEarlyData = !retried && (await acceptsEarlyData(hello, key, alpn, config))
  const early = key?.stage ?? (await startKeySchedule(suite.hash))
  const earlySecret = acceptEarlyData
    ? await early.clientEarlyTrafficSecret(await transcript.hash())
    : undefined

  const response = exchange && (await respond(exchange.group, exchange.share))
  const serverHello = composeServerHello(agreement, response)
  transcript.add(serverHello)
  const stage = await early.mix(response?.secret)
  const helloHash = await transcript.hash()
  const clientHandshakeSecret = await stage.clientHandshakeTrafficSecret(helloHash)
  const serverHandshakeSecret = await stage.serverHandshakeTrafficSecret(helloHash)

  const parameters = composeEncryptedExtensions(agreement, alpn, acceptEarlyData)
  transcript.add(parameters)
  const authentication = chosen ? await composeAuthentication(agreement, chosen, transcript) : []
  const finished = await composeFinished(suite.hash, serverHandshakeSecret, await transcript.hash())
  transcript.add(finished)

  const main = await stage.finish()
  const finishedHash = await transcript.hash()
  const clientApplicationSecret = await main.clientApplicationTrafficSecret(finishedHash)
  const serverApplicationSecret = await main.serverApplicationTrafficSecret(finishedHash)
  const exporterSecret = await main.exporterSecret(finishedHash)

  context.retired = earlySecret ? [earlySecret, serverHandshakeSecret] : [serverHandshakeSecret]
  const { random, legacySessionId } = hello.message
  const actions: HandshakeAction[] = [
    { kind: 'allowChangeCipherSpec', allowed: true },
    { kind: 'send', level: 'initial', message: serverHello },
    // RFC 9846 §E.4: after ServerHello, unless it followed the HelloRetryRequest
    ...(legacySessionId.length > 0 && !retried ? [{ kind: 'sendChangeCipherSpec' } as const] : []),
    keyLog('CLIENT_HANDSHAKE_TRAFFIC_SECRET', random, clientHandshakeSecret),
    keyLog('SERVER_HANDSHAKE_TRAFFIC_SECRET', random, serverHandshakeSecret),
    ...(earlySecret
      ? ([
          keyLog('CLIENT_EARLY_TRAFFIC_SECRET', random, earlySecret),
          {
            kind: 'installReadKeys',
            level: 'early',
            suite,
            secret: earlySecret,
            maxEarlyData: key?.session?.maxEarlyDataSize ?? 0,
          },
        ] as const)
      : ([{ kind: 'installReadKeys', level: 'handshake', suite, secret: clientHandshakeSecret }] as const)),
    ...(hello.earlyData ? [{ kind: 'earlyData', accepted: acceptEarlyData } as const] : []),
    { kind: 'installWriteKeys', level: 'handshake', suite, secret: serverHandshakeSecret },
    ...[parameters, ...authentication, finished].map(
      (message) => ({ kind: 'send', level: 'handshake', message }) as const,
    ),
    keyLog('CLIENT_TRAFFIC_SECRET_0', random, clientApplicationSecret),
    keyLog('SERVER_TRAFFIC_SECRET_0', random, serverApplicationSecret),
    keyLog('EXPORTER_SECRET', random, exporterSecret),
    ...recordSizeAction(agreement),
    { kind: 'installWriteKeys', level: 'application', suite, secret: serverApplicationSecret },
  ]
  return {
    next: {
      name: nextState(agreement, acceptEarlyData),
      config,
      suite,
      clientHandshakeSecret,
      clientApplicationSecret,
      serverApplicationSecret,
      exporterSecret,
      deriveResumptionSecret: async (transcriptHash) => {
        const secret = await main.resumptionSecret(transcriptHash)
        main.destroy()
        return secret
      },
      info: connectionInfo(agreement, alpn, chosen?.scheme, acceptEarlyData),
      mayBeAsked: mayBeAsked(agreement),
      takesTickets: hello.pskKeyExchangeModes.some((mode) => config.pskKeyExchangeModes.includes(mode)),
    },
    actions,
  }
}

function nextState(
  { config, key }: Agreement,
  acceptEarlyData: boolean,
): 'ExpectEndOfEarlyData' | 'ExpectCertificate' | 'ExpectFinished' {
  if (acceptEarlyData) return 'ExpectEndOfEarlyData'
  // RFC 9846 §4.4.2: no CertificateRequest in a handshake that a pre-shared key authenticates
  return asksInHandshake(config) && !key ? 'ExpectCertificate' : 'ExpectFinished'
}

function asksInHandshake({ clientAuthentication }: ServerConfig): boolean {
  return clientAuthentication?.inHandshake ?? false
}

/** RFC 9846 §4.7.2: the client must have said so; §4.4.2: not with an external pre-shared key. */
function mayBeAsked({ config, hello, key }: Agreement): boolean {
  return (
    config.clientAuthentication !== undefined &&
    hello.postHandshakeAuthentication &&
    (!key || key.session !== undefined)
  )
}

/** CertificateRequest if we ask for one, Certificate and CertificateVerify; added to the transcript. */
async function composeAuthentication(
  { config, hello }: Agreement,
  chosen: ChosenCredential,
  transcript: Transcript,
): Promise<readonly Uint8Array[]> {
  const request = asksInHandshake(config) ? [composeCertificateRequest(config, noContext)] : []
  for (const message of request) transcript.add(message)
  const proof = await prove(
    'server',
    chosen,
    {
      certificateRequestContext: noContext,
      staples: {
        ocspResponse: hello.wantsOcspResponse,
        signedCertificateTimestamps: hello.wantsSignedCertificateTimestamps,
      },
      compression: chooseCompression(config, hello.certificateCompression),
      signal: config.signal,
    },
    transcript,
  )
  return [...request, ...proof]
}

function connectionInfo(
  { config, hello, suite, key, exchange, retried }: Agreement,
  alpn: string | undefined,
  localSignatureScheme: number | undefined,
  earlyDataAccepted: boolean,
): HandshakeInfo {
  const group = exchange?.group.group
  return {
    cipherSuite: suite.suite,
    group,
    peerSignatureScheme: key?.session?.peerSignatureScheme,
    localSignatureScheme,
    alpn,
    serverName: hello.serverName,
    helloRetryRequest: retried,
    resumed: key !== undefined,
    preSharedKeyIdentity: key && !key.session ? key.psk.identity.slice() : undefined,
    earlyData: earlyDataAccepted,
    peer: key?.session?.peer,
    approval: overallApproval(config.provider, suite, group, [localSignatureScheme]),
  }
}

async function respond(group: KeyExchangeGroup, { keyExchange }: KeyShareEntry): Promise<KeyResponse> {
  try {
    return await group.respond(keyExchange)
  } catch (cause) {
    throw invalidShare(cause, group.group)
  }
}

function composeServerHello(
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

function composeEncryptedExtensions(
  { config, hello, key }: Agreement,
  alpn: string | undefined,
  acceptEarlyData: boolean,
): Uint8Array {
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
  if (acceptEarlyData) extensions.push({ extensionType: earlyData.type, extensionData: new Uint8Array(0) })
  return encodeHandshake(HandshakeType.encrypted_extensions, EncryptedExtensions, { extensions })
}

/** RFC 8449 §4: both sides must have said so. */
function recordSizeAction({ config, hello }: Agreement): readonly HandshakeAction[] {
  return hello.recordSizeLimit !== undefined && config.recordSizeLimit !== undefined
    ? [{ kind: 'limitRecordSize', read: config.recordSizeLimit, write: hello.recordSizeLimit }]
    : []
}
