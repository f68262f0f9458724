/** Sessions of a client, with the code that resumes them and sends early data: who has none does not carry it. */
import { clientPreSharedKeys, type ClientSession } from '@mortise/handshake'
import { inWords, isTlsError, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { writeEarlyData } from '../core/sending.ts'
import { earlyOpening, type EarlyDataSource, type EarlyOpening } from '../earlyDataWriter.ts'
import { preSharedKeysOptions, type PreparePreSharedKeys } from './preSharedKeys.ts'
import type { SessionStore } from './sessionStore.ts'

/** For the option `sessions` of a client: a store, and the code to resume its sessions. */
export interface ClientSessions extends SessionStore {
  /** Called once for each connection. */
  readonly prepare: PreparePreSharedKeys
  /** For doors: what gives early data to a connection that begins. */
  readonly earlyOpening: (source: EarlyDataSource) => EarlyOpening
}

/** Sessions in a store of your own. One that fails to keep a session costs a resumption, not the connection. */
export function storedSessions(store: SessionStore): ClientSessions {
  return {
    take: (key) => store.take(key),
    put: (key, session) => store.put(key, session),
    prepare: async (options, sessionContext, events) => {
      const key = JSON.stringify([options.serverName, options.alpn, sessionContext])
      const session = await takeSession(store, key)
      return {
        preSharedKeys: clientPreSharedKeys({
          ...preSharedKeysOptions(options, sessionContext),
          sessions: session ? [session] : [],
          acceptTickets: true,
        }),
        connection: {
          events: {
            ...events,
            session: (made) => {
              void keep(store, key, made)
              events.session?.(made)
            },
          },
          writeEarlyData,
        },
      }
    },
    earlyOpening,
  }
}

async function takeSession(store: SessionStore, key: string): Promise<ClientSession | undefined> {
  try {
    return await store.take(key)
  } catch (cause) {
    if (isTlsError(cause)) throw cause
    throw new TlsError(faults.ERR_TLS_INTERNAL, { detail: inWords && 'the session store failed', cause })
  }
}

async function keep(store: SessionStore, key: string, session: ClientSession): Promise<void> {
  try {
    await store.put(key, session)
  } catch {
    // As with a store that forgets
  }
}
