/** The server's Finished; our own flight goes out and the connection stands (RFC 9846 §4.5.3). */
import type { Secret } from '@mortise/crypto'
import {
  certificateAuthorities,
  encodeHandshake,
  EndOfEarlyData,
  HandshakeType,
  readExtension,
  signatureAlgorithms,
  signedCertificateTimestamp,
  statusRequest,
  type CertificateRequest,
} from '@mortise/wire'
import type { HandshakeAction } from '../action.ts'
import { composeCertificate } from '../authentication/certificate.ts'
import { composeCertificateVerify } from '../authentication/certificateVerify.ts'
import { chooseCredential } from '../authentication/credentials.ts'
import { checkFinished, composeFinished } from '../authentication/finished.ts'
import { overallApproval } from '../approval.ts'
import type { HandshakeInfo } from '../info.ts'
import { keyLog } from '../keyLog.ts'
import type { MainStage } from '../keySchedule.ts'
import type { Received, Step } from '../machine.ts'
import type { Connected } from '../postHandshake/connected.ts'
import type { ClientContext } from './context.ts'
import type { ExpectFinished } from './states.ts'

export async function readFinished(
  state: ExpectFinished,
  { raw, body }: Received<'Finished'>,
  context: ClientContext,
): Promise<Step<Connected>> {
  const { suite, serverHandshakeSecret, clientHandshakeSecret } = state
  const { transcript } = context
  await checkFinished(body, suite.hash, serverHandshakeSecret, await transcript.hash())
  transcript.add(raw)
  const main = await state.stage.finish()
  const secrets = await applicationSecrets(main, await transcript.hash())

  // RFC 9846 §4.6: early data ends when the server's Finished has come
  const endOfEarlyData = state.earlyDataAccepted
    ? [encodeHandshake(HandshakeType.end_of_early_data, EndOfEarlyData, {})]
    : []
  for (const message of endOfEarlyData) transcript.add(message)
  const { messages, localSignatureScheme } = await composeAuthentication(state.request, context)
  const finished = await composeFinished(suite.hash, clientHandshakeSecret, await transcript.hash())
  transcript.add(finished)
  const resumptionSecret = await main.resumptionSecret(await transcript.hash())
  main.destroy()

  const info = connectionInfo(state, localSignatureScheme, context)
  const { random } = state.hello.clientHello
  const actions: HandshakeAction[] = [
    keyLog('CLIENT_TRAFFIC_SECRET_0', random, secrets.client),
    keyLog('SERVER_TRAFFIC_SECRET_0', random, secrets.server),
    keyLog('EXPORTER_SECRET', random, secrets.exporter),
    { kind: 'allowChangeCipherSpec', allowed: false },
    { kind: 'installReadKeys', level: 'application', suite, secret: secrets.server },
    ...endOfEarlyData.flatMap(
      (message) =>
        [
          { kind: 'send', level: 'early', message },
          { kind: 'installWriteKeys', level: 'handshake', suite, secret: clientHandshakeSecret },
        ] as const,
    ),
    ...[...messages, finished].map((message) => ({ kind: 'send', level: 'handshake', message }) as const),
    { kind: 'installWriteKeys', level: 'application', suite, secret: secrets.client },
    { kind: 'complete', info },
  ]
  context.retired = [serverHandshakeSecret, clientHandshakeSecret]
  return {
    next: {
      name: 'Connected',
      suite,
      readSecret: secrets.server,
      writeSecret: secrets.client,
      exporterSecret: secrets.exporter,
      resumptionSecret,
      updateRequested: false,
      info,
      tickets: 0,
    },
    actions,
  }
}

async function applicationSecrets(
  main: MainStage,
  transcriptHash: Uint8Array,
): Promise<{ client: Secret; server: Secret; exporter: Secret }> {
  return {
    client: await main.clientApplicationTrafficSecret(transcriptHash),
    server: await main.serverApplicationTrafficSecret(transcriptHash),
    exporter: await main.exporterSecret(transcriptHash),
  }
}

/** Certificate and CertificateVerify, if the server asked for them (RFC 9846 §4.5.1, §4.5.2). */
async function composeAuthentication(
  request: CertificateRequest | undefined,
  { config, transcript }: ClientContext,
): Promise<{ messages: readonly Uint8Array[]; localSignatureScheme: number | undefined }> {
  if (!request) return { messages: [], localSignatureScheme: undefined }
  const { extensions, certificateRequestContext } = request
  const schemes =
    readExtension(extensions, signatureAlgorithms, 'certificateRequest')?.supportedSignatureAlgorithms ?? []
  const authorities =
    readExtension(extensions, certificateAuthorities, 'certificateRequest')?.authorities ?? []
  const { credentials: source } = config
  const credentials =
    typeof source === 'function'
      ? await source({ signatureSchemes: schemes, certificateAuthorities: authorities })
      : source
  const chosen = chooseCredential(credentials, undefined, schemes)
  const certificate = composeCertificate(chosen?.credential, certificateRequestContext, {
    ocspResponse: extensions.some(({ extensionType }) => extensionType === statusRequest.type),
    signedCertificateTimestamps: extensions.some(
      ({ extensionType }) => extensionType === signedCertificateTimestamp.type,
    ),
  })
  transcript.add(certificate)
  if (!chosen) return { messages: [certificate], localSignatureScheme: undefined }
  const verify = await composeCertificateVerify('client', chosen, await transcript.hash(), config.signal)
  transcript.add(verify)
  return { messages: [certificate, verify], localSignatureScheme: chosen.scheme }
}

function connectionInfo(
  state: ExpectFinished,
  localSignatureScheme: number | undefined,
  { config }: ClientContext,
): HandshakeInfo {
  const { suite, group, peer, peerSignatureScheme, alpn, retried } = state
  return {
    cipherSuite: suite.suite,
    group,
    peerSignatureScheme,
    localSignatureScheme,
    alpn,
    serverName: config.serverName,
    helloRetryRequest: retried,
    resumed: state.key !== undefined,
    earlyData: state.earlyDataAccepted,
    peer,
    approval: overallApproval(config.provider, suite, group, [peerSignatureScheme, localSignatureScheme]),
  }
}
