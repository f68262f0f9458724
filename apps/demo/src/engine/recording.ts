/** What happened in one handshake, as values: made once, then drawn, stepped through and looked into. */
import type { TraceEvent } from '@mortise/tls'
import type { TlsErrorCode } from '@mortise/wire'
import type { FactName } from './facts.ts'
import type { Derivation } from './observe.ts'
import type { Settings } from './settings.ts'

export type Side = 'client' | 'server'

/** A derivation of the one or the other end, and the message that led to it. */
export interface SidedDerivation extends Derivation {
  readonly side: Side
  readonly messageId: number
}

export const otherSide = (side: Side): Side => (side === 'client' ? 'server' : 'client')

/**
 * `refused`: it came, and ended the connection. `lost`: it never came, or behind the end. `ignored`: it is not for the
 * handshake, as change_cipher_spec.
 */
export type Fate = 'taken' | 'refused' | 'lost' | 'ignored'

export interface Message {
  readonly id: number
  readonly from: Side
  readonly kind: TraceEvent['kind']
  /** `ClientHello`, `alert`, `application_data`, … */
  readonly name: string
  readonly level: TraceEvent['level']
  /** As it was sent, in the clear: a whole handshake message, an alert, application data. */
  readonly bytes: Uint8Array
  /** What came in its place, if that is something else. */
  readonly arrived: Uint8Array | undefined
  readonly fate: Fate
  /** Milliseconds since the client began. */
  readonly sentAt: number
  readonly receivedAt: number | undefined
  /** State of the sender behind it. */
  readonly senderState: string
  /** State of the receiver when it came, and behind it; `undefined` if it never came. */
  readonly stateBefore: string | undefined
  readonly stateAfter: string | undefined
  /** Flights are counted from 0 over both directions; messages of one flight leave together. */
  readonly flight: number
  /** Number of the record in its flight. */
  readonly record: number
}

/** One record as it was on the way, header included. */
export interface WireRecord {
  readonly flight: number
  readonly record: number
  readonly from: Side
  readonly bytes: Uint8Array
  readonly touched: 'flipped' | 'dropped' | 'swapped' | undefined
}

/** Why an end gave up. */
export interface Failure {
  readonly side: Side
  readonly code: TlsErrorCode
  /** AlertDescription that was sent, or received. */
  readonly alert: string | undefined
  readonly blame: string
  readonly message: string
  /** The state that refused. */
  readonly state: string
  /** The message that was refused, where one was. */
  readonly messageId: number | undefined
}

export interface EndResult {
  readonly connected: boolean
  readonly state: string
  /** Application data that came. */
  readonly received: string
  readonly facts: readonly (readonly [FactName, string])[]
}

export interface Recording {
  readonly settings: Settings
  readonly messages: readonly Message[]
  readonly records: readonly WireRecord[]
  /** In order; each belongs to the message that made its end compute it. */
  readonly derivations: readonly SidedDerivation[]
  readonly failures: readonly Failure[]
  readonly client: EndResult
  readonly server: EndResult
  /** Neither failed, but they wait for each other for ever: a time limit would end it. */
  readonly stalled: boolean
  /** A fault was chosen, but there was nothing in this handshake that it could change. */
  readonly faultMissed: boolean
  /** Milliseconds from the first byte to the end of both. */
  readonly duration: number
}
