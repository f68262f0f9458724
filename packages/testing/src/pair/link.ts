/** Two ends joined in memory: what one sends, the other receives, in order and one piece at a time. */

export interface LinkEnd {
  readonly receive: (bytes: Uint8Array) => void | Promise<void>
}

export interface Link {
  /** For the `send` of each end. */
  readonly toLeft: (bytes: Uint8Array) => void
  readonly toRight: (bytes: Uint8Array) => void
  /** Delivers what is under way, and what comes of it, until nothing is. */
  readonly settle: () => Promise<void>
}

/** @param ends asked for when the first bytes arrive */
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
