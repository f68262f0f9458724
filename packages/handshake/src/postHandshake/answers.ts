/** Promises of answers to requests for a client's certificate. */
import { hex } from '@mortise/wire'
import type { HandshakeAction } from '../action.ts'
import type { VerifiedPeer } from '../info.ts'

export interface Answers {
  /** The answer to the request of this context. */
  readonly expect: (context: Uint8Array) => Promise<VerifiedPeer | undefined>
  /** Settles what has been answered. */
  readonly settle: (actions: readonly HandshakeAction[]) => void
  /** There will be no answers any more, whoever comes to expect one. The error is made only if somebody does: most connections end without. */
  readonly fail: (error: () => unknown) => void
}

interface Waiting {
  readonly resolve: (peer: VerifiedPeer | undefined) => void
  readonly reject: (error: unknown) => void
}

export function createAnswers(): Answers {
  const waiting = new Map<string, Waiting>()
  let over: (() => unknown) | undefined
  return {
    expect: (context) => {
      const answer = new Promise<VerifiedPeer | undefined>((resolve, reject) => {
        if (over) reject(over())
        else waiting.set(hex(context), { resolve, reject })
      })
      // Whoever does not look at the answer need not hear of a connection that fails, either
      answer.catch(() => {})
      return answer
    },
    settle: (actions) => {
      for (const action of actions) {
        if (action.kind !== 'authenticated') continue
        const id = hex(action.context)
        waiting.get(id)?.resolve(action.peer)
        waiting.delete(id)
      }
    },
    fail: (error) => {
      over ??= error
      for (const { reject } of waiting.values()) reject(error())
      waiting.clear()
    },
  }
}
