/** A session in a file, from one run of the program to a later one. */
import {
  decodeClientSession,
  encodeSession,
  storedSessions,
  type ClientSession,
  type ClientSessions,
} from '@mortise/tls'
import { readBytes, writeSecret } from '../files.ts'
import { UsageError } from '../usage.ts'

/** @throws UsageError if the file can't be read, or holds no session */
export function readSession(file: string): ClientSession {
  const session = decodeClientSession(readBytes('--session-in', file))
  if (session) return session
  throw new UsageError(`--session-in ${file}: this is no session that --session-out of this version wrote`)
}

export interface SessionFiles {
  /** Resumed once. */
  readonly session: ClientSession | undefined
  /** Where the latest session goes. */
  readonly out: string | undefined
  /** The file can't be written. */
  readonly failed: (message: string) => void
}

/** `undefined` where nothing is to be resumed or kept: then no tickets are taken. */
export function fileSessions({ session, out, failed }: SessionFiles): ClientSessions | undefined {
  if (!session && out === undefined) return undefined
  let unused = session
  return storedSessions({
    take: () => {
      const taken = unused
      unused = undefined
      return taken
    },
    put: (_, latest) => {
      if (out === undefined) return
      try {
        writeSecret('--session-out', out, encodeSession(latest))
      } catch (error) {
        failed(error instanceof Error ? error.message : String(error))
      }
    },
  })
}
