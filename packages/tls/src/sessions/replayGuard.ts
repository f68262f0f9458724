/** Who sees to it that early data is taken once only (RFC 9846 §8.2). */
import type { MaybePromise } from '@mortise/crypto'
import { hex } from '@mortise/wire'
import { systemClock } from '../clock.ts'

/** One method, made for `SET key value NX PX …` of a shared store: servers that share tickets must share their guard. */
export interface ReplayGuard {
  /**
   * Answers `true` exactly once for each `id`, however many ask at the same time. A rejection counts as `false`.
   * @param id stands for one ClientHello: 32 bytes or more
   * @param expiresAt milliseconds since 1970: until then the answer must be remembered
   */
  readonly isFirstUse: (id: Uint8Array, expiresAt: number) => MaybePromise<boolean>
}

/** Bounds of a guard in memory. */
export interface MemoryReplayGuardOptions {
  /** ClientHellos to remember; when it is full, early data is refused until some expire. Default: 100,000. */
  readonly maxEntries?: number
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number
}

/** A guard in memory, for a server of one process. Tickets that outlive the process need another one, or other ticket keys. */
export function memoryReplayGuard({
  maxEntries = 100_000,
  now = systemClock,
}: MemoryReplayGuardOptions = {}): ReplayGuard {
  const seen = new Map<string, number>()
  /** Entries come in nearly in the order in which they expire. */
  const forgetExpired = (time: number): void => {
    for (const [id, expiresAt] of seen) {
      if (expiresAt > time) return
      seen.delete(id)
    }
  }
  return {
    isFirstUse: (id, expiresAt) => {
      forgetExpired(now())
      const key = hex(id)
      if (seen.has(key) || seen.size >= maxEntries) return false
      seen.set(key, expiresAt)
      return true
    },
  }
}
