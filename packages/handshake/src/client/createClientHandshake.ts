import type { InstallKeys } from '../action.ts'
import { clientConfig, type ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { createHandshake } from '../createHandshake.ts'
import type { Handshake } from '../handshake.ts'
import type { Step } from '../machine.ts'
import type { ClientOptions } from '../options.ts'
import { composeClientHello, type ComposeClientHello } from './clientHello.ts'
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

function keysForAlert(state: ClientState): InstallKeys | undefined {
  if (state.name !== 'ExpectEncryptedExtensions') return undefined
  return state.hello.keys?.earlyData?.keysForAlert(state)
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
      ...((await hello.keys?.earlyData?.begin(hello, context)) ?? []),
    ],
  }
}
