/** One thing at a time, in the order of the calls; without a promise as long as nothing is asynchronous. */
import type { MaybePromise } from '@mortise/crypto'

export interface Lane {
  /** Runs `job` when all earlier jobs have ended, however they ended: at once if none is under way. */
  readonly run: <T>(job: () => MaybePromise<T>) => MaybePromise<T>
}

export function createLane(): Lane {
  let tail: Promise<unknown> | undefined
  let running = false

  const follow = <T>(promise: Promise<T>): Promise<T> => {
    const settled = promise.then(ignore, ignore).then(() => {
      if (tail === settled) tail = undefined
    })
    tail = settled
    return promise
  }

  return {
    run: <T>(job: () => MaybePromise<T>): MaybePromise<T> => {
      if (tail) return follow(tail.then(job))
      // A job that is started from within a synchronous one waits for it as well
      if (running) return follow(Promise.resolve().then(job))
      running = true
      try {
        const result = job()
        return result instanceof Promise ? follow(result) : result
      } finally {
        running = false
      }
    },
  }
}

function ignore(): void {}
