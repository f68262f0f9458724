/** The server's Finished; our own flight goes out and the connection stands (RFC 9846 §4.5.3). */
import type { Secret } from '@mortise/crypto'
import { postHandshakeAuth } from '@mortise/wire'
import type { HandshakeAction } from '../action.ts'
import { checkFinished, composeFinished } from '../authentication/finished.ts'
import { overallApproval } from '../approval.ts'
import type { HandshakeInfo } from '../info.ts'
import { keyLog } from '../keyLog.ts'
import type { MainStage } from '../keySchedule.ts'
import type { Received, Step } from '../machine.ts'
import type { ClientConnected } from '../postHandshake/connected.ts'
import type { ClientProof } from './clientCredentials.ts'
import type { ClientContext } from './context.ts'
import type { ExpectFinished } from './states.ts'

/** Of a client that was not asked. */
const noProof: ClientProof = {
  messages: [],
  localSignatureScheme: undefined,
  localCertificates: [],
}

export async function readFinished(
  state: ExpectFinished,
  { raw, body }: Received<'Finished'>,
  context: ClientContext,
): Promise<Step<ClientConnected>> {
  const {
    suite,
    serverHandshakeSecret,
    clientHandshakeSecret,
    clientCertificateType: certificateType,
  } = state
  const { config, transcript } = context
  await checkFinished(body, suite.hash, serverHandshakeSecret, await transcript.hash())
  transcript.add(raw)
  const main = await state.stage.finish()
  const secrets = await applicationSecrets(main, await transcript.hash())

  // RFC 9846 §4.6: early data ends when the server's Finished has come
  const endOfEarlyData = state.earlyData?.end(transcript) ?? []
  const { messages, ...local } = state.request
    ? await config.credentials.prove(state.request, { certificateType, config, transcript })
    : noProof
  const finished = await composeFinished(suite.hash, clientHandshakeSecret, await transcript.hash())
  transcript.add(finished)
  const resumptionSecret = await main.resumptionSecret(await transcript.hash())
  main.destroy()

  const info = connectionInfo(state, local, context)
  const { random } = state.hello.clientHello
  const actions: HandshakeAction[] = [
    keyLog('CLIENT_TRAFFIC_SECRET_0', random, secrets.client),
    keyLog('SERVER_TRAFFIC_SECRET_0', random, secrets.server),
    keyLog('EXPORTER_SECRET', random, secrets.exporter),
    { kind: 'allowChangeCipherSpec', allowed: false },
    { kind: 'installReadKeys', level: 'application', suite, secret: secrets.server },
    ...endOfEarlyData,
    ...[...messages, finished].map((message) => ({ kind: 'send', level: 'handshake', message }) as const),
    { kind: 'installWriteKeys', level: 'application', suite, secret: secrets.client },
    { kind: 'complete', info },
  ]
  const answerRequest = mayBeAsked(state)
    ? config.credentials.answersLater?.({ certificateType, asked: state.request !== undefined })
    : undefined
  if (!answerRequest) transcript.seal()
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
      updateOwed: false,
      info,
      tickets: 0,
      answerRequest,
    },
    actions,
  }
}

/** RFC 9846 §4.7.2: if we have offered it; §4.4.2: no requests with an external pre-shared key. */
function mayBeAsked({ hello, key }: ExpectFinished): boolean {
  return hello.offered.has(postHandshakeAuth.type) && (!key || key.session !== undefined)
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

function connectionInfo(
  state: ExpectFinished,
  local: Omit<ClientProof, 'messages'>,
  { config }: ClientContext,
): HandshakeInfo {
  const { suite, group, peer, peerSignatureScheme, alpn, retried } = state
  return {
    cipherSuite: suite.suite,
    group,
    peerSignatureScheme,
    ...local,
    alpn,
    serverName: config.serverName,
    helloRetryRequest: retried,
    resumed: state.key !== undefined,
    preSharedKeyIdentity: state.key && !state.key.session ? state.key.psk.identity : undefined,
    earlyData: state.earlyData?.accepted ?? false,
    peer,
    extensions: state.extensions,
    approval: overallApproval(config.provider, suite, group, [
      peerSignatureScheme,
      local.localSignatureScheme,
    ]),
  }
}
