/** Whom the relay calls: by name, and nobody else. */

export interface RelayTarget {
  /** What pages ask for: letters, digits and hyphens. */
  readonly name: string
  readonly host: string
  readonly port: number
}

export type RelayTargets = ReadonlyMap<string, RelayTarget>

export function relayTargets(targets: readonly RelayTarget[]): RelayTargets {
  return new Map(targets.map((target) => [target.name, target]))
}
