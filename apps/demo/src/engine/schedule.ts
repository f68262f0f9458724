/** Derivations as the tree of RFC 9846 §7.1. */
import type { Recording, Side, SidedDerivation } from './recording.ts'

export interface ScheduleNode {
  readonly derivation: SidedDerivation
  /** How many HKDF-Extracts stand above an extract: 0 is the Early Secret, then the Handshake and the Main Secret. */
  readonly stage: number
  readonly children: readonly ScheduleNode[]
  /** What went in as input keying material; `undefined`: a string of zeros. */
  readonly input: SidedDerivation | undefined
  /** Whether the other end has computed the same value. */
  readonly shared: boolean
}

export const stageNames = ['early', 'handshake', 'main'] as const

/** Trees of one end: a root for each extract without a salt, of which a handshake that offers several keys has several. */
export function scheduleOf({ derivations }: Recording, side: Side): readonly ScheduleNode[] {
  const own = derivations.filter((derivation) => derivation.side === side)
  const others = new Set(derivations.flatMap((other) => (other.side === side ? [] : [other.value])))
  const byId = new Map(own.map((derivation) => [derivation.id, derivation]))
  const childrenOf = (id: number): readonly SidedDerivation[] => own.filter(({ parent }) => parent === id)
  const nodeOf = (derivation: SidedDerivation, stage: number): ScheduleNode => ({
    derivation,
    stage,
    input: derivation.input === undefined ? undefined : byId.get(derivation.input),
    shared: others.has(derivation.value),
    children: childrenOf(derivation.id).map((child) =>
      nodeOf(child, child.kind === 'extract' ? stage + 1 : stage),
    ),
  })
  return own
    .filter(({ kind, parent }) => kind === 'extract' && parent === undefined)
    .map((root) => nodeOf(root, 0))
}

/** Names of RFC 9846 §7.1 and §7.3 for the labels of HKDF-Expand-Label. */
export const labelNames: Readonly<Record<string, string>> = {
  'ext binder': 'binder_key',
  'res binder': 'binder_key',
  'imp binder': 'binder_key',
  'c e traffic': 'client_early_traffic_secret',
  'e exp master': 'early_exporter_secret',
  derived: 'derived',
  'c hs traffic': 'client_handshake_traffic_secret',
  's hs traffic': 'server_handshake_traffic_secret',
  'c ap traffic': 'client_application_traffic_secret_0',
  's ap traffic': 'server_application_traffic_secret_0',
  'exp master': 'exporter_secret',
  'res master': 'resumption_secret',
  'traffic upd': 'application_traffic_secret_N+1',
  key: 'key',
  iv: 'iv',
  finished: 'finished_key',
  resumption: 'PSK',
}
