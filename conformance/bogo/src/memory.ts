/** What a server remembers between the connections of one test, and the test's clock. */
import type { ServerSession } from '@mortise/handshake'

export interface Memory {
  readonly now: () => number
  /** Seconds. */
  readonly advance: (seconds: number) => void
  readonly store: Map<string, ServerSession>
  /** The ticket that was shown last: how much older it was by the client's clock than by ours, in whole seconds. */
  ticketAgeSkew: number | undefined
  /** `true` once for each id. */
  readonly isFirstUse: (id: Uint8Array) => boolean
}

export function createMemory(): Memory {
  // It stands still but for the delays that a test asks for: the runner compares ages to the second
  const start = Date.now()
  let offset = 0
  const seen = new Set<string>()
  return {
    now: () => start + offset,
    advance: (seconds) => {
      offset += seconds * 1000
    },
    store: new Map(),
    ticketAgeSkew: undefined,
    isFirstUse: (id) => {
      const key = Buffer.from(id).toString('hex')
      if (seen.has(key)) return false
      seen.add(key)
      return true
    },
  }
}
