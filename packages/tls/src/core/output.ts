/** Gathers sealed records in order, so that one flight is one write; what is still being sealed is waited for. */
import type { MaybePromise } from '@mortise/crypto'

export interface Output {
  /** Adds bytes, or bytes to come. The answer settles when they are in their place. */
  readonly add: (bytes: MaybePromise<Uint8Array>) => MaybePromise<void>
  /** Sends what is there, and what is still to come as soon as it is. Fails once any of it failed to come. */
  readonly flush: () => MaybePromise<void>
}

export function createOutput(send: (bytes: Uint8Array) => void): Output {
  let chunks: Uint8Array[] = []
  let tail: Promise<void> | undefined
  let failure: { readonly cause: unknown } | undefined

  const push = (bytes: Uint8Array): void => {
    chunks.push(bytes)
  }
  const flushNow = (): void => {
    if (failure) throw failure.cause
    const [only] = chunks
    if (!only) return
    const bytes = chunks.length === 1 ? only : join(chunks)
    chunks = []
    send(bytes)
  }
  const then = (job: () => MaybePromise<void>): Promise<void> => {
    const done: Promise<void> = (tail ?? Promise.resolve()).then(job)
    const settled = done
      .catch((cause: unknown) => {
        failure ??= { cause }
      })
      .then(() => {
        if (tail === settled) tail = undefined
      })
    tail = settled
    return done
  }

  return {
    add: (bytes) => {
      if (!tail && !(bytes instanceof Promise)) return push(bytes)
      return then(async () => push(await bytes))
    },
    flush: () => (tail ? then(flushNow) : flushNow()),
  }
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  return joined
}
