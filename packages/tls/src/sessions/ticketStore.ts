/** How a server finds a session again that a ticket stands for (RFC 9846 §4.7.1). */
import type { CryptoProvider, MaybePromise } from '@mortise/crypto'
import type { ServerSession } from '@mortise/handshake'
import { hex } from '@mortise/wire'

/** Sessions by ticket. Stateless (`sealedTickets`) and stateful (`memoryTickets`) stores are of this one kind. */
export interface TicketStore {
  /** A ticket of 1 to 2^16 - 1 bytes, which says nothing to whoever sees it. */
  readonly issue: (session: ServerSession) => MaybePromise<Uint8Array>
  /** `undefined` for a ticket that is unknown, forged, used up or too old. Never rejects on account of its bytes. */
  readonly redeem: (ticket: Uint8Array) => MaybePromise<ServerSession | undefined>
}

/** Bounds of a store in memory. */
export interface MemoryTicketsOptions {
  /** Sessions at most; the oldest makes room. Default: 10,000. */
  readonly maxSessions?: number
  /** Forget a session once it was redeemed, which is also what keeps early data from being replayed. Default: true. */
  readonly singleUse?: boolean
}

/** Bytes of a ticket that names a session: as hard to guess as a key. */
const nameLength = 32

/** Sessions in memory, bounded, under random names. Needs the same process for the next connection. */
export function memoryTickets(
  { random }: Pick<CryptoProvider, 'random'>,
  { maxSessions = 10_000, singleUse = true }: MemoryTicketsOptions = {},
): TicketStore {
  const sessions = new Map<string, ServerSession>()
  return {
    issue: (session) => {
      const name = random(nameLength)
      sessions.set(hex(name), session)
      const [oldest] = sessions.keys()
      if (sessions.size > maxSessions && oldest !== undefined) sessions.delete(oldest)
      return name
    },
    redeem: (ticket) => {
      const name = hex(ticket)
      const session = sessions.get(name)
      if (singleUse) sessions.delete(name)
      return session
    },
  }
}
