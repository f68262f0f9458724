/** NewSessionTicket as a server issues it (RFC 9846 §4.7.1). */
import { earlyData, encodeHandshake, HandshakeType, NewSessionTicket, writeExtension } from '@mortise/wire'
import type { HandshakeAction } from '../action.ts'
import type { ServerConfig } from '../config.ts'
import type { Established } from '../postHandshake/connected.ts'
import { drawGreaseValue } from '../grease.ts'
import { maxTicketLifetime, rememberConnection } from '../preSharedKey/session.ts'

/** Seconds: a day. */
const defaultLifetime = 86_400
const defaultCount = 2

/**
 * Bytes of a ticket; a longer one, of a client with a very long chain, is not sent. It has to come back in a ClientHello,
 * and there are clients that take no NewSessionTicket above 16 KiB.
 */
const maxTicketLength = 16_000

export async function issueTickets(
  connected: Established,
  config: ServerConfig,
): Promise<readonly HandshakeAction[]> {
  const { tickets, now, provider } = config
  if (!tickets || !now) return []
  const lifetime = Math.min(tickets.lifetime ?? defaultLifetime, maxTicketLifetime)
  const maxEarlyDataSize = tickets.earlyData?.maxSize ?? 0
  const actions: HandshakeAction[] = []
  for (let i = 0; i < (tickets.count ?? defaultCount); i++) {
    const ticketNonce = Uint8Array.of(i)
    const random = provider.random(4)
    const ageAdd = new DataView(random.buffer, random.byteOffset).getUint32(0)
    const session = await rememberConnection(connected, ticketNonce, {
      lifetime,
      ageAdd,
      createdAt: now(),
      maxEarlyDataSize,
      context: config.sessionContext,
    })
    const ticket = await tickets.issue(session)
    if (ticket.length > maxTicketLength) break
    const extensions = [
      ...(maxEarlyDataSize > 0 ? [writeExtension(earlyData, 'newSessionTicket', { maxEarlyDataSize })] : []),
      ...(config.grease
        ? [{ extensionType: drawGreaseValue(provider), extensionData: new Uint8Array(0) }]
        : []),
    ]
    const message = encodeHandshake(HandshakeType.new_session_ticket, NewSessionTicket, {
      ticketLifetime: lifetime,
      ticketAgeAdd: ageAdd,
      ticketNonce,
      ticket,
      extensions,
    })
    actions.push({ kind: 'send', level: 'application', message })
  }
  return actions
}
