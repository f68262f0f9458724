/** Sessions of the tickets that a server gives (RFC 9846 §4.7.1). */
import type { NewSessionTicket } from '@mortise/wire'
import type { HandshakeAction } from '../../action.ts'
import type { ClientConnected } from '../../postHandshake/connected.ts'
import { maxTicketLifetime, rememberConnection, type ClientSession } from '../../preSharedKey/session.ts'
import type { PreSharedKeysConfig } from './clientPreSharedKeys.ts'

/** Tickets that are kept of one connection; the rest of a flood is dropped. */
const maxTickets = 16

export async function makeSession(
  { acceptTickets, sessionContext }: PreSharedKeysConfig,
  { ticket, ticketNonce, ticketLifetime, ticketAgeAdd }: NewSessionTicket,
  maxEarlyDataSize: number,
  state: ClientConnected,
  now: (() => number) | undefined,
): Promise<readonly HandshakeAction[]> {
  // RFC 9846 §4.7.1: a client that doesn't resume ignores tickets
  if (!acceptTickets || !now || ticketLifetime === 0 || state.tickets >= maxTickets) return []
  const session: ClientSession = {
    ticket: ticket.slice(),
    ...(await rememberConnection(state, ticketNonce, {
      lifetime: Math.min(ticketLifetime, maxTicketLifetime),
      ageAdd: ticketAgeAdd,
      createdAt: now(),
      maxEarlyDataSize,
      context: sessionContext,
    })),
  }
  return [{ kind: 'newSession', session }]
}
