/** Sessions of the tickets that a server gives (RFC 9846 §4.7.1). */
import { expandLabelToBytes } from '@mortise/crypto'
import type { NewSessionTicket } from '@mortise/wire'
import type { HandshakeAction } from '../../action.ts'
import type { ClientConnected } from '../../postHandshake/connected.ts'
import { maxTicketLifetime, type ClientSession } from '../../preSharedKey/session.ts'
import type { PreSharedKeysConfig } from './clientPreSharedKeys.ts'

/** Tickets that are kept of one connection; the rest of a flood is dropped. */
const maxTickets = 16

export async function makeSession(
  { acceptTickets, sessionContext }: PreSharedKeysConfig,
  { ticket, ticketNonce, ticketLifetime, ticketAgeAdd }: NewSessionTicket,
  maxEarlyDataSize: number,
  { suite, resumptionSecret, info, tickets }: ClientConnected,
  now: (() => number) | undefined,
): Promise<readonly HandshakeAction[]> {
  // RFC 9846 §4.7.1: a client that doesn't resume ignores tickets
  if (!acceptTickets || !now || ticketLifetime === 0 || tickets >= maxTickets) return []
  const createdAt = now()
  const session: ClientSession = {
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
    createdAt,
    maxEarlyDataSize,
    context: sessionContext,
  }
  return [{ kind: 'newSession', session }]
}
