/** The client's Finished: the connection stands (RFC 9846 §4.5.3). */
import { checkFinished } from '../authentication/finished.ts'
import type { Received, Step } from '../machine.ts'
import type { ServerConnected } from '../postHandshake/connected.ts'
import type { ServerContext } from './context.ts'
import { issueTickets } from './issueTickets.ts'
import type { ExpectFinished } from './states.ts'

export async function readFinished(
  state: ExpectFinished,
  { raw, body }: Received<'Finished'>,
  context: ServerContext,
): Promise<Step<ServerConnected>> {
  const { transcript } = context
  const { suite, clientHandshakeSecret, clientApplicationSecret, serverApplicationSecret, exporterSecret } =
    state
  await checkFinished(body, suite.hash, clientHandshakeSecret, await transcript.hash())
  transcript.add(raw)
  const resumptionSecret = await state.main.resumptionSecret(await transcript.hash())
  state.main.destroy()
  const { asking, config } = state
  if (!asking.later) transcript.seal()
  context.retired = [clientHandshakeSecret]
  const next: ServerConnected = {
    name: 'Connected',
    suite,
    readSecret: clientApplicationSecret,
    writeSecret: serverApplicationSecret,
    exporterSecret,
    resumptionSecret,
    updateRequested: false,
    updateOwed: false,
    info: state.info,
    authentication: asking.later
      ? { config, certificateType: asking.certificateType, asked: 0, open: new Map() }
      : undefined,
  }
  return {
    next,
    actions: [
      { kind: 'allowChangeCipherSpec', allowed: false },
      { kind: 'installReadKeys', level: 'application', suite, secret: clientApplicationSecret },
      { kind: 'complete', info: state.info },
      ...(state.takesTickets ? await issueTickets(next, config) : []),
    ],
  }
}
