/** What a server remembers between the connections of one test, and the test's clock. */
import type { ServerSession } from '@mortise/handshake'

export interface Memory {
  readonly now: () => number
  /** Seconds. */
  readonly advance: (seconds: number) => void
  readonly store: Map<string, ServerSession>
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
    isFirstUse: (id) => {
      const key = Buffer.from(id).toString('hex')
      if (seen.has(key)) return false
      seen.add(key)
      return true
    },
  }
}
