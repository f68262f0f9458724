/**
 * The transcript of RFC 9846 §4.1. Until the cipher suite, and with it the hash, is known, messages are only kept;
 * from then on they are hashed as well. They stay kept until it is clear that no transcript will branch off, since
 * a running hash can't be copied with every provider.
 */
import type { Hash, HashState, MaybePromise } from '@mortise/crypto'
import { concat, HandshakeType } from '@mortise/wire'

export interface Transcript {
  /** Adds a whole handshake message, header included. */
  readonly add: (message: Uint8Array) => void
  /** Says which hash it is. Later calls with the same hash do nothing. */
  readonly use: (hash: Hash) => void
  /** The hash of all messages so far. `use` must have been called. */
  readonly hash: () => MaybePromise<Uint8Array>
  /** Puts message_hash in the place of the first ClientHello, before a HelloRetryRequest is added (RFC 9846 §4.1). */
  readonly restartForRetry: () => Promise<void>
  /** Another transcript that begins with all messages so far (RFC 9846 §4.5, post-handshake). Not after `seal`. */
  readonly fork: () => Transcript
  /** Forgets the messages: their hash alone is left. */
  readonly seal: () => void
}

export function createTranscript(): Transcript {
  let kept: Uint8Array[] | undefined = []
  let used: Hash | undefined
  let state: HashState | undefined

  const running = (): HashState => {
    if (!state) throw new Error('the transcript has no hash yet')
    return state
  }
  const add = (message: Uint8Array): void => {
    kept?.push(message)
    state?.update(message)
  }

  return {
    add,
    use: (hash) => {
      if (used) return
      used = hash
      state = hash.create()
      for (const message of kept ?? []) state.update(message)
    },
    hash: () => running().snapshot(),
    restartForRetry: async () => {
      const first = await running().snapshot()
      state = used?.create()
      kept = []
      add(Uint8Array.of(HandshakeType.message_hash, 0, 0, first.length))
      add(first)
    },
    fork: () => {
      if (!used || !kept) throw new Error('the messages of the transcript are gone')
      const copy = createTranscript()
      copy.use(used)
      for (const message of kept) copy.add(message)
      return copy
    },
    seal: () => {
      kept = undefined
    },
  }
}

/** What a transcript begins with after a HelloRetryRequest: the first ClientHello stands in it as message_hash (RFC 9846 §4.1). */
export async function retryPrefix(
  hash: Hash,
  firstClientHello: Uint8Array,
  retry: Uint8Array,
): Promise<Uint8Array> {
  const firstHash = await hash.digest(firstClientHello)
  return concat(Uint8Array.of(HandshakeType.message_hash, 0, 0, firstHash.length), firstHash, retry)
}
