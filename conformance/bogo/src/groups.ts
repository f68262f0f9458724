/** Which groups are offered and taken, and in which order. */
import type { SigningProvider } from '@mortise/crypto'
import type { Flags } from './flags.ts'
import { policyOf } from './policies.ts'

/** BoringSSL's defaults, which many tests rely on: hybrid, x25519, P-256, P-384. */
const defaultGroups = [0x11ec, 0x001d, 0x0017, 0x0018]

/** In `-curves-flags`: as good as the next. */
const equalToNext = 1

export function supportedGroups(flags: Flags, { groups }: SigningProvider): readonly number[] {
  const supported = new Set(groups.map(({ group }) => group))
  return (flags.curves ?? policyOf(flags)?.groups ?? defaultGroups).filter((group) => supported.has(group))
}

/** The order of a server: its own, but the client's among what is equally good. */
export function groupsFor(
  flags: Flags,
  groups: readonly number[],
  offered: readonly number[],
): readonly number[] {
  const marks = flags['curves-flags'] ?? []
  let tier = 0
  const tiers = groups.map((_, i) => (marks[i - 1] === equalToNext ? tier : ++tier))
  return groups.toSorted((a, b) => {
    const difference = (tiers[groups.indexOf(a)] ?? 0) - (tiers[groups.indexOf(b)] ?? 0)
    return difference === 0 ? offered.indexOf(a) - offered.indexOf(b) : difference
  })
}

/** The shares of a client, if flags say so: the best of what the server is said to have, or a list. */
export function predictedShares(flags: Flags, groups: readonly number[]): readonly number[] | undefined {
  const hinted = groups.find((group) => flags['server-supported-groups-hint']?.includes(group))
  if (hinted !== undefined) return [hinted]
  return flags['no-key-shares'] ? [] : flags['key-shares']
}
