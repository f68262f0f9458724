/** The server's flight: ServerHello to Finished, and the keys that come of it (RFC 9846 §4.2.3 to §4.5.3). */
import type { KeyExchangeGroup, KeyResponse } from '@mortise/crypto'
import type { KeyShareEntry } from '@mortise/wire'
import type { HandshakeAction } from '../action.ts'
import { overallApproval } from '../approval.ts'
import { noContext } from '../authentication/certificate.ts'
import type { ChosenCredential } from '../authentication/credentials.ts'
import { composeFinished } from '../authentication/finished.ts'
import { prove } from '../authentication/prove.ts'
import type { Context } from '../context.ts'
import type { HandshakeInfo } from '../info.ts'
import { invalidShare } from '../invalidShare.ts'
import { keyLog } from '../keyLog.ts'
import { startKeySchedule } from '../keySchedule.ts'
import type { Step } from '../machine.ts'
import { privateExtensionsOf } from '../privateExtensions.ts'
import type { Transcript } from '../transcript.ts'
import { decideAsking, type Asking } from './asking.ts'
import { composeCertificateRequest } from './certificateRequest.ts'
import { acceptsEarlyData, rejectedEarlyData } from './earlyData.ts'
import { chooseAlpn, chooseServerCredential } from './negotiate.ts'
import {
  composeEncryptedExtensions,
  composeServerHello,
  type Agreement,
  type Parameters,
} from './serverHello.ts'
import type { ExpectCertificate, ExpectEndOfEarlyData, ExpectFinished } from './states.ts'

export async function composeServerFlight(
  agreement: Agreement,
  context: Context<unknown>,
): Promise<Step<ExpectEndOfEarlyData | ExpectCertificate | ExpectFinished>> {
  const { transcript } = context
  const { config, hello, suite, key, exchange, retried } = agreement
  const credential = key ? undefined : chooseServerCredential(hello, config)
  const asking = decideAsking(config, hello, key)
  const alpn = chooseAlpn(hello, config)
  const acceptEarlyData = !retried && (await acceptsEarlyData(hello, key, alpn, config))
  const early = key?.stage ?? (await startKeySchedule(suite.hash))
  const accepting = acceptEarlyData ? key?.stage : undefined
  const earlySecret = await accepting?.clientEarlyTrafficSecret(await transcript.hash())
  const earlyExporterSecret = await accepting?.earlyExporterSecret(await transcript.hash())

  const response = exchange && (await respond(exchange.group, exchange.share))
  const serverHello = composeServerHello(agreement, response)
  transcript.add(serverHello)
  const stage = await early.mix(response?.secret)
  const helloHash = await transcript.hash()
  const clientHandshakeSecret = await stage.clientHandshakeTrafficSecret(helloHash)
  const serverHandshakeSecret = await stage.serverHandshakeTrafficSecret(helloHash)

  const parameters = composeEncryptedExtensions(agreement, { alpn, acceptEarlyData, credential, asking })
  transcript.add(parameters)
  const authentication = credential
    ? await composeAuthentication(agreement, credential, asking, transcript)
    : []
  const finished = await composeFinished(suite.hash, serverHandshakeSecret, await transcript.hash())
  transcript.add(finished)

  const main = await stage.finish()
  const finishedHash = await transcript.hash()
  const clientApplicationSecret = await main.clientApplicationTrafficSecret(finishedHash)
  const serverApplicationSecret = await main.serverApplicationTrafficSecret(finishedHash)
  const exporterSecret = await main.exporterSecret(finishedHash)

  context.retired = earlySecret ? [earlySecret, serverHandshakeSecret] : [serverHandshakeSecret]
  if (earlyExporterSecret) context.earlyExporter = { hash: suite.hash, secret: earlyExporterSecret }
  const { random, legacySessionId } = hello.message
  const actions: HandshakeAction[] = [
    { kind: 'allowChangeCipherSpec', allowed: true },
    { kind: 'send', level: 'initial', message: serverHello },
    // RFC 9846 §E.4: after ServerHello, unless it followed the HelloRetryRequest
    ...(legacySessionId.length > 0 && !retried ? [{ kind: 'sendChangeCipherSpec' } as const] : []),
    // At once: from here on the client takes no alert that is not under these keys
    { kind: 'installWriteKeys', level: 'handshake', suite, secret: serverHandshakeSecret },
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
    ...(earlyExporterSecret ? [keyLog('EARLY_EXPORTER_SECRET', random, earlyExporterSecret)] : []),
    ...(acceptEarlyData ? [{ kind: 'earlyData', accepted: true } as const] : []),
    ...(hello.earlyData && !acceptEarlyData ? [rejectedEarlyData(config, key)] : []),
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
      name: nextState(asking, acceptEarlyData),
      config,
      suite,
      clientHandshakeSecret,
      clientApplicationSecret,
      serverApplicationSecret,
      exporterSecret,
      main,
      info: connectionInfo(agreement, { alpn, credential, acceptEarlyData }),
      asking,
      takesTickets: hello.pskKeyExchangeModes.some((mode) => config.pskKeyExchangeModes.includes(mode)),
    },
    actions,
  }
}

function nextState(
  { inHandshake }: Asking,
  acceptEarlyData: boolean,
): 'ExpectEndOfEarlyData' | 'ExpectCertificate' | 'ExpectFinished' {
  if (acceptEarlyData) return 'ExpectEndOfEarlyData'
  return inHandshake ? 'ExpectCertificate' : 'ExpectFinished'
}

/** CertificateRequest if we ask for one, Certificate and CertificateVerify; added to the transcript. */
async function composeAuthentication(
  { config, hello }: Agreement,
  chosen: ChosenCredential,
  { inHandshake }: Asking,
  transcript: Transcript,
): Promise<readonly Uint8Array[]> {
  const request = inHandshake ? [composeCertificateRequest(config, noContext)] : []
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
      compress: config.certificateCompression?.choose(hello.certificateCompression),
      signal: config.signal,
    },
    transcript,
  )
  return [...request, ...proof]
}

function connectionInfo(
  { config, hello, suite, key, exchange, retried }: Agreement,
  { alpn, credential, acceptEarlyData }: Omit<Parameters, 'asking'>,
): HandshakeInfo {
  const group = exchange?.group.group
  return {
    cipherSuite: suite.suite,
    group,
    peerSignatureScheme: key?.session?.peerSignatureScheme,
    localSignatureScheme: credential?.scheme,
    localCertificates: credential?.credential.certificates ?? [],
    alpn,
    serverName: hello.serverName,
    helloRetryRequest: retried,
    resumed: key !== undefined,
    preSharedKeyIdentity: key && !key.session ? key.psk.identity.slice() : undefined,
    earlyData: acceptEarlyData,
    peer: key?.session?.peer,
    extensions: privateExtensionsOf(hello.message.extensions, config.extensions),
    approval: overallApproval(config.provider, suite, group, [credential?.scheme]),
  }
}

async function respond(group: KeyExchangeGroup, { keyExchange }: KeyShareEntry): Promise<KeyResponse> {
  try {
    return await group.respond(keyExchange)
  } catch (cause) {
    throw invalidShare(cause, group.group)
  }
}

/** RFC 8449 §4: both sides must have said so. */
function recordSizeAction({ config, hello }: Agreement): readonly HandshakeAction[] {
  return hello.recordSizeLimit !== undefined && config.recordSizeLimit !== undefined
    ? [{ kind: 'limitRecordSize', read: config.recordSizeLimit, write: hello.recordSizeLimit }]
    : []
}
