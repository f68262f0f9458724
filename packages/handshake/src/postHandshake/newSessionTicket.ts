/** NewSessionTicket as a client takes it (RFC 9846 §4.7.1). */
import { checkExtensions, earlyData, readExtension } from '@mortise/wire'
import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { Received, Step } from '../machine.ts'
import type { ClientConnected } from './connected.ts'

export async function receiveNewSessionTicket(
  state: ClientConnected,
  { body }: Received<'NewSessionTicket'>,
  { config }: Context<ClientConfig>,
): Promise<Step<ClientConnected>> {
  checkExtensions(body.extensions, 'newSessionTicket', undefined)
  const maxEarlyDataSize =
    readExtension(body.extensions, earlyData, 'newSessionTicket')?.maxEarlyDataSize ?? 0
  const actions = await config.preSharedKeys?.receiveTicket(body, maxEarlyDataSize, state, config)
  return { next: { ...state, tickets: state.tickets + 1 }, actions: actions ?? [] }
}
