/** Application data, to be waited for. */

export interface Incoming {
  readonly push: (bytes: Uint8Array) => void
  readonly end: () => void
  /** The next bytes, at most `size`; `undefined` at the end. */
  readonly read: (size: number) => Promise<Uint8Array | undefined>
}

export function createIncoming(): Incoming {
  const chunks: Uint8Array[] = []
  const state = { ended: false }
  let wake: (() => void) | undefined

  const signal = (): void => {
    wake?.()
    wake = undefined
  }
  return {
    push: (bytes) => {
      chunks.push(bytes)
      signal()
    },
    end: () => {
      state.ended = true
      signal()
    },
    read: async (size) => {
      while (chunks.length === 0 && !state.ended)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      const chunk = chunks.shift()
      if (!chunk || chunk.length <= size) return chunk
      chunks.unshift(chunk.subarray(size))
      return chunk.subarray(0, size)
    },
  }
}
