/** The server's flight: ServerHello to Finished, and the keys that come of it (RFC 9846 §4.2.3 to §4.5.3). */
import type { CipherSuite, KeyExchangeGroup, KeyResponse, Secret } from '@mortise/crypto'
import {
  applicationLayerProtocolNegotiation,
  certificateAuthorities,
  CertificateRequest,
  encodeHandshake,
  EncryptedExtensions,
  HandshakeType,
  keyShare,
  ProtocolVersion,
  recordSizeLimit,
  ServerHello,
  serverName,
  signatureAlgorithms,
  signatureAlgorithmsCert,
  supportedGroups,
  supportedVersions,
  writeExtension,
  type Extension,
  type KeyShareEntry,
} from '@mortise/wire'
import type { HandshakeAction } from '../action.ts'
import { protocolBytes } from '../alpn.ts'
import { overallApproval } from '../approval.ts'
import { composeCertificate, noContext } from '../authentication/certificate.ts'
import { composeCertificateVerify } from '../authentication/certificateVerify.ts'
import { composeFinished } from '../authentication/finished.ts'
import { invalidShare } from '../client/expectServerHello.ts'
import type { ServerConfig } from '../config.ts'
import type { HandshakeInfo } from '../info.ts'
import { keyLog } from '../keyLog.ts'
import { startKeySchedule, type HandshakeStage } from '../keySchedule.ts'
import type { Step } from '../machine.ts'
import type { Transcript } from '../transcript.ts'
import type { ClientHelloInfo } from './clientHelloInfo.ts'
import { chooseAlpn, chooseServerCredential } from './negotiate.ts'
import type { ExpectCertificate, ExpectFinished } from './states.ts'

export interface Agreement {
  readonly config: ServerConfig
  readonly hello: ClientHelloInfo
  readonly suite: CipherSuite
  readonly group: KeyExchangeGroup
  readonly share: KeyShareEntry
  readonly retried: boolean
}

export async function composeServerFlight(
  agreement: Agreement,
  transcript: Transcript,
): Promise<Step<ExpectCertificate | ExpectFinished>> {
  const { config, hello, suite, group, share, retried } = agreement
  const chosen = chooseServerCredential(hello, config)
  const alpn = chooseAlpn(hello, config)
  const { random } = hello.message

  const response = await respond(group, share)
  const serverHello = composeServerHello(agreement, response)
  transcript.add(serverHello)
  const { stage, client, server } = await handshakeSecrets(suite, response.secret, await transcript.hash())

  const parameters = composeEncryptedExtensions(agreement, alpn)
  const request = config.clientAuthentication ? [composeCertificateRequest(config)] : []
  const certificate = composeCertificate(chosen.credential, noContext, {
    ocspResponse: hello.wantsOcspResponse,
    signedCertificateTimestamps: hello.wantsSignedCertificateTimestamps,
  })
  const messages = [parameters, ...request, certificate]
  for (const message of messages) transcript.add(message)
  const verify = await composeCertificateVerify('server', chosen, await transcript.hash(), config.signal)
  transcript.add(verify)
  const finished = await composeFinished(suite.hash, server, await transcript.hash())
  transcript.add(finished)

  const main = await stage.finish()
  const finishedHash = await transcript.hash()
  const clientApplicationSecret = await main.clientApplicationTrafficSecret(finishedHash)
  const serverApplicationSecret = await main.serverApplicationTrafficSecret(finishedHash)
  const exporterSecret = await main.exporterSecret(finishedHash)

  const info: HandshakeInfo = {
    cipherSuite: suite.suite,
    group: group.group,
    peerSignatureScheme: undefined,
    localSignatureScheme: chosen.scheme,
    alpn,
    serverName: hello.serverName,
    helloRetryRequest: retried,
    resumed: false,
    peer: undefined,
    approval: overallApproval(config.provider, suite, group.group, [chosen.scheme]),
  }
  const actions: HandshakeAction[] = [
    { kind: 'allowChangeCipherSpec', allowed: true },
    { kind: 'send', level: 'initial', message: serverHello },
    // RFC 9846 §E.4: after ServerHello, unless it followed the HelloRetryRequest
    ...(hello.message.legacySessionId.length > 0 && !retried ? [{ kind: 'sendChangeCipherSpec' } as const] : []),
    keyLog('CLIENT_HANDSHAKE_TRAFFIC_SECRET', random, client),
    keyLog('SERVER_HANDSHAKE_TRAFFIC_SECRET', random, server),
    { kind: 'installReadKeys', level: 'handshake', suite, secret: client },
    { kind: 'installWriteKeys', level: 'handshake', suite, secret: server },
    ...[...messages, verify, finished].map((message) => ({ kind: 'send', level: 'handshake', message }) as const),
    keyLog('CLIENT_TRAFFIC_SECRET_0', random, clientApplicationSecret),
    keyLog('SERVER_TRAFFIC_SECRET_0', random, serverApplicationSecret),
    keyLog('EXPORTER_SECRET', random, exporterSecret),
    ...recordSizeAction(agreement),
    { kind: 'installWriteKeys', level: 'application', suite, secret: serverApplicationSecret },
  ]
  return {
    next: {
      name: config.clientAuthentication ? 'ExpectCertificate' : 'ExpectFinished',
      config,
      suite,
      clientHandshakeSecret: client,
      clientApplicationSecret,
      serverApplicationSecret,
      exporterSecret,
      deriveResumptionSecret: async (transcriptHash) => {
        const secret = await main.resumptionSecret(transcriptHash)
        main.destroy()
        return secret
      },
      info,
    },
    actions,
  }
}

async function respond(group: KeyExchangeGroup, { keyExchange }: KeyShareEntry): Promise<KeyResponse> {
  try {
    return await group.respond(keyExchange)
  } catch (cause) {
    throw invalidShare(cause, group.group)
  }
}

async function handshakeSecrets(
  suite: CipherSuite,
  sharedSecret: Secret,
  transcriptHash: Uint8Array,
): Promise<{ stage: HandshakeStage; client: Secret; server: Secret }> {
  const early = await startKeySchedule(suite.hash)
  const stage = await early.mix(sharedSecret)
  return {
    stage,
    client: await stage.clientHandshakeTrafficSecret(transcriptHash),
    server: await stage.serverHandshakeTrafficSecret(transcriptHash),
  }
}

function composeServerHello({ config, hello, suite, group }: Agreement, response: KeyResponse): Uint8Array {
  return encodeHandshake(HandshakeType.server_hello, ServerHello, {
    legacyVersion: ProtocolVersion.TLS_1_2,
    random: config.provider.random(32),
    legacySessionIdEcho: hello.message.legacySessionId,
    cipherSuite: suite.suite,
    legacyCompressionMethod: 0,
    extensions: [
      writeExtension(keyShare, 'serverHello', {
        serverShare: { group: group.group, keyExchange: response.share },
      }),
      writeExtension(supportedVersions, 'serverHello', { selectedVersion: ProtocolVersion.TLS_1_3 }),
    ],
  })
}

function composeEncryptedExtensions({ config, hello }: Agreement, alpn: string | undefined): Uint8Array {
  const extensions: Extension[] = []
  if (config.announceGroups)
    extensions.push(
      writeExtension(supportedGroups, 'encryptedExtensions', { namedGroupList: config.groups.map(({ group }) => group) }),
    )
  if (hello.recordSizeLimit !== undefined && config.recordSizeLimit !== undefined)
    extensions.push(writeExtension(recordSizeLimit, 'encryptedExtensions', { recordSizeLimit: config.recordSizeLimit }))
  // RFC 6066 §3: an empty server_name says that the name was used
  if (hello.serverName !== undefined)
    extensions.push({ extensionType: serverName.type, extensionData: new Uint8Array(0) })
  if (alpn !== undefined)
    extensions.push(
      writeExtension(applicationLayerProtocolNegotiation, 'encryptedExtensions', {
        protocolNameList: [protocolBytes(alpn)],
      }),
    )
  return encodeHandshake(HandshakeType.encrypted_extensions, EncryptedExtensions, { extensions })
}

/** RFC 8449 §4: both sides must have said so. */
function recordSizeAction({ config, hello }: Agreement): readonly HandshakeAction[] {
  return hello.recordSizeLimit !== undefined && config.recordSizeLimit !== undefined
    ? [{ kind: 'limitRecordSize', read: config.recordSizeLimit, write: hello.recordSizeLimit }]
    : []
}

function composeCertificateRequest(config: ServerConfig): Uint8Array {
  const extensions: Extension[] = [
    writeExtension(signatureAlgorithms, 'certificateRequest', { supportedSignatureAlgorithms: config.signatureSchemes }),
  ]
  if (config.signatureSchemesCert)
    extensions.push(
      writeExtension(signatureAlgorithmsCert, 'certificateRequest', {
        supportedSignatureAlgorithms: config.signatureSchemesCert,
      }),
    )
  const authorities = config.clientAuthentication?.certificateAuthorities ?? []
  if (authorities.length > 0)
    extensions.push(writeExtension(certificateAuthorities, 'certificateRequest', { authorities }))
  return encodeHandshake(HandshakeType.certificate_request, CertificateRequest, {
    certificateRequestContext: noContext,
    extensions,
  })
}
