/** Where a client keeps its sessions between connections (RFC 9846 §4.7.1). */
import type { MaybePromise } from '@mortise/crypto'
import type { ClientSession } from '@mortise/handshake'
import { storedSessions, type ClientSessions } from './storedSessions.ts'

/** For `connect`, which decides what is kept under which key. Sessions are as secret as their connections. */
export interface SessionStore {
  /** Hands a session out, the latest first, and forgets it: a ticket is used once (RFC 9846 §C.4). */
  readonly take: (key: string) => MaybePromise<ClientSession | undefined>
  /** Keeps a session, in addition to those that the key has already. */
  readonly put: (key: string, session: ClientSession) => MaybePromise<void>
}

/** Bounds of a store in memory. */
export interface MemorySessionsOptions {
  /** Keys, which stand for servers, at most; the one that was used longest ago makes room. Default: 256. */
  readonly maxKeys?: number
  /** Sessions per key at most; the oldest makes room. Default: 4. */
  readonly maxPerKey?: number
}

/** Sessions in memory, bounded. */
export function memorySessions({ maxKeys = 256, maxPerKey = 4 }: MemorySessionsOptions = {}): ClientSessions {
  const kept = new Map<string, ClientSession[]>()
  /** Moves a key to the end, where the ones used last are. */
  const touch = (key: string, sessions: ClientSession[]): void => {
    kept.delete(key)
    if (sessions.length > 0) kept.set(key, sessions)
  }
  return storedSessions({
    take: (key) => {
      const sessions = kept.get(key)
      const session = sessions?.pop()
      if (sessions) touch(key, sessions)
      return session
    },
    put: (key, session) => {
      touch(key, [...(kept.get(key) ?? []), session].slice(-maxPerKey))
      const [oldest] = kept.keys()
      if (kept.size > maxKeys && oldest !== undefined) kept.delete(oldest)
    },
  })
}
