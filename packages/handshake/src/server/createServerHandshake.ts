import { serverConfig } from '../config.ts'
import { createHandshake } from '../createHandshake.ts'
import type { Handshake } from '../handshake.ts'
import { createAnswers } from '../postHandshake/answers.ts'
import type { ServerOptionsSource } from './context.ts'
import { requestClientCertificate } from './requestClientCertificate.ts'
import type { ServerState } from './states.ts'
import { serverTransitions } from './transitions.ts'

/**
 * A server's handshake (RFC 9846 §A.2).
 * @param options or a function that is asked for them once, with the first ClientHello
 * @throws TlsError `ERR_TLS_CONFIG` if the options can't be honoured; those of a function, when they are known
 */
export function createServerHandshake(options: ServerOptionsSource): Handshake {
  if (typeof options !== 'function') serverConfig(options)
  const initial: ServerState = { name: 'ExpectClientHello' }
  return createHandshake<ServerState, ServerOptionsSource>({
    role: 'server',
    config: options,
    initial,
    transitions: serverTransitions,
    start: async () => ({ next: initial, actions: [] }),
    asking: { ask: (state) => requestClientCertificate(state), answers: createAnswers() },
  })
}
