/** NewSessionTicket as a client takes it (RFC 9846 §4.7.1). */
import { expandLabelToBytes } from '@mortise/crypto'
import { checkExtensions, earlyData, readExtension, type NewSessionTicket } from '@mortise/wire'
import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { Received, Step } from '../machine.ts'
import { maxTicketLifetime, type ClientSession } from '../preSharedKey/session.ts'
import type { ClientConnected } from './connected.ts'

/** Tickets that are kept of one connection; the rest of a flood is dropped. */
export const maxTickets = 16

export async function receiveNewSessionTicket(
  state: ClientConnected,
  { body }: Received<'NewSessionTicket'>,
  { config }: Context<ClientConfig>,
): Promise<Step<ClientConnected>> {
  checkExtensions(body.extensions, 'newSessionTicket', undefined)
  const maxEarlyDataSize =
    readExtension(body.extensions, earlyData, 'newSessionTicket')?.maxEarlyDataSize ?? 0
  const next = { ...state, tickets: state.tickets + 1 }
  const wanted = config.acceptTickets && config.now && body.ticketLifetime > 0 && state.tickets < maxTickets
  // RFC 9846 §4.7.1: a client that doesn't resume ignores tickets
  if (!wanted) return { next, actions: [] }
  const session = await makeSession(state, body, maxEarlyDataSize, config.now(), config.sessionContext)
  return { next, actions: [{ kind: 'newSession', session }] }
}

async function makeSession(
  { suite, resumptionSecret, info }: ClientConnected,
  { ticket, ticketNonce, ticketLifetime, ticketAgeAdd }: NewSessionTicket,
  maxEarlyDataSize: number,
  now: number,
  context: string,
): Promise<ClientSession> {
  return {
    ticket: ticket.slice(),
    key: await expandLabelToBytes(suite.hash, resumptionSecret, 'resumption', ticketNonce, suite.hash.length),
    hash: suite.hash.name,
    cipherSuite: suite.suite,
    serverName: info.serverName,
    alpn: info.alpn,
    peer: info.peer,
    peerSignatureScheme: info.peerSignatureScheme,
    lifetime: Math.min(ticketLifetime, maxTicketLifetime),
    ageAdd: ticketAgeAdd,
    createdAt: now,
    maxEarlyDataSize,
    context,
  }
}
