/** NewSessionTicket, for a client that does not resume: read and dropped (RFC 9846 §4.7.1). */
import { checkExtensions, earlyData, readExtension } from '@mortise/wire'
import type { Received, Step } from '../machine.ts'
import type { Connected } from './connected.ts'

export async function receiveNewSessionTicket(
  state: Connected,
  { body }: Received<'NewSessionTicket'>,
): Promise<Step<Connected>> {
  checkExtensions(body.extensions, 'newSessionTicket', undefined)
  readExtension(body.extensions, earlyData, 'newSessionTicket')
  return { next: state, actions: [] }
}
