/** What a server does with its clients. */
import type { TlsSocket } from '@mortise/tls-node'
import type { ConnectionFacts } from '../facts.ts'

export interface Visit {
  readonly tls: TlsSocket
  /** What came before the handshake was complete; an attacker may have sent it again (RFC 9846 §8). */
  readonly earlyData: readonly Buffer[]
  /** As they are now: a client can authenticate itself later. */
  readonly facts: () => ConnectionFacts
}

/** Called once the client's handshake is complete; failures are seen elsewhere. */
export type Serve = (visit: Visit) => void
