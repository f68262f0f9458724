/** Two ends joined in memory: what one sends, the other receives, in order and one piece at a time. */

/** What is at either end: a connection, or a scripted peer. */
export interface LinkEnd {
  /** The next bytes come when the answer is there. */
  readonly receive: (bytes: Uint8Array) => void | Promise<void>
}

/** The way between two ends. */
export interface Link {
  /** For the `send` of the right end. */
  readonly toLeft: (bytes: Uint8Array) => void
  /** For the `send` of the left end. */
  readonly toRight: (bytes: Uint8Array) => void
  /** Delivers what is under way, and what comes of it, until nothing is. */
  readonly settle: () => Promise<void>
}

/**
 * Joins two ends; nothing is delivered before `settle`.
 * @param ends asked for when the first bytes arrive
 */
export function link(ends: () => { readonly left: LinkEnd; readonly right: LinkEnd }): Link {
  let queue: { readonly to: 'left' | 'right'; readonly bytes: Uint8Array }[] = []
  return {
    toLeft: (bytes) => {
      queue.push({ to: 'left', bytes })
    },
    toRight: (bytes) => {
      queue.push({ to: 'right', bytes })
    },
    settle: async () => {
      for (let next = queue[0]; next; next = queue[0]) {
        queue = queue.slice(1)
        await ends()[next.to].receive(next.bytes)
      }
    },
  }
}
