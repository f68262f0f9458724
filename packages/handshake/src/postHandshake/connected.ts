/** The last state of either role: the handshake is complete (RFC 9846 §4.7). */
import type { CipherSuite, Secret } from '@mortise/crypto'
import type { HandshakeInfo } from '../info.ts'

export interface Connected {
  readonly name: 'Connected'
  readonly suite: CipherSuite
  /** Current application traffic secrets. */
  readonly readSecret: Secret
  readonly writeSecret: Secret
  readonly exporterSecret: Secret
  readonly resumptionSecret: Secret
  /** We asked the peer to update its keys and it has not done so yet: RFC 9846 §4.7.3 forbids to ask again. */
  readonly updateRequested: boolean
  readonly info: HandshakeInfo
  /** Tickets received. */
  readonly tickets: number
}
