import type { HandshakeAction, InstallKeys } from '../action.ts'
import { clientConfig, type ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { createHandshake } from '../createHandshake.ts'
import type { Handshake } from '../handshake.ts'
import { keyLog } from '../keyLog.ts'
import type { Step } from '../machine.ts'
import type { ClientOptions } from '../options.ts'
import { composeClientHello, type ComposeClientHello, type SentClientHello } from './clientHello.ts'
import type { ClientState } from './states.ts'
import { clientTransitions } from './transitions.ts'

/**
 * A client's handshake (RFC 9846 §A.1).
 * @param compose makes the first ClientHello; for known-answer tests, which need a given one
 * @throws TlsError `ERR_TLS_CONFIG` if the options can't be honoured
 */
export function createClientHandshake(
  options: ClientOptions,
  compose: ComposeClientHello = composeClientHello,
): Handshake {
  return createHandshake<ClientState, ClientConfig>({
    role: 'client',
    config: clientConfig(options),
    initial: { name: 'Start' },
    transitions: clientTransitions,
    start: (context) => sendClientHello(context, compose),
    keysForAlert,
  })
}

/** RFC 9846 §A.1: handshake keys, once there are any, though early data has kept them from being used. */
function keysForAlert(state: ClientState): InstallKeys | undefined {
  if (state.name !== 'ExpectEncryptedExtensions' || !state.hello.earlyData) return undefined
  const { suite, clientHandshakeSecret: secret } = state
  return { kind: 'installWriteKeys', level: 'handshake', suite, secret }
}

async function sendClientHello(
  context: Context<ClientConfig>,
  compose: ComposeClientHello,
): Promise<Step<ClientState>> {
  const { config, transcript } = context
  const hello = await compose(config)
  transcript.add(hello.message)
  return {
    next: { name: 'ExpectServerHello', hello },
    actions: [
      { kind: 'send', level: 'initial', message: hello.message },
      { kind: 'allowChangeCipherSpec', allowed: true },
      ...(await earlyDataActions(hello, context)),
    ],
  }
}

/** RFC 9846 §4.3.10: early data goes right behind the ClientHello, under the first key's early traffic secret. */
async function earlyDataActions(
  { clientHello, message, keys, earlyData }: SentClientHello,
  context: Context<ClientConfig>,
): Promise<readonly HandshakeAction[]> {
  const [key] = keys
  if (!earlyData || !key) return []
  const { suite, session } = earlyData
  const transcriptHash = await suite.hash.digest(message)
  const secret = await key.stage.clientEarlyTrafficSecret(transcriptHash)
  const exporter = await key.stage.earlyExporterSecret(transcriptHash)
  context.retired = [secret]
  context.earlyExporter = { hash: suite.hash, secret: exporter }
  return [
    ...(context.config.compatibilityMode ? [{ kind: 'sendChangeCipherSpec' } as const] : []),
    keyLog('CLIENT_EARLY_TRAFFIC_SECRET', clientHello.random, secret),
    keyLog('EARLY_EXPORTER_SECRET', clientHello.random, exporter),
    { kind: 'installWriteKeys', level: 'early', suite, secret },
    { kind: 'offerEarlyData', maxSize: session.maxEarlyDataSize },
  ]
}
