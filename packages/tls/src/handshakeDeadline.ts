/** Ends a handshake that takes too long, or whose owner has given it up. */
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { ConnectionSettings } from './commonOptions.ts'
import type { Connection } from './core/api.ts'

/** Milliseconds. */
const defaultHandshakeTimeout = 15_000

/** What a connection that is watched has to tell. */
export interface Watch {
  /** The handshake is over: only the signal counts from now on. */
  readonly connected: () => void
  /** The connection is over. */
  readonly end: () => void
}

/** Aborts `connection` when time is up or `signal` is aborted. */
export function watch(
  connection: Connection,
  { signal, handshakeTimeout = defaultHandshakeTimeout }: ConnectionSettings,
): Watch {
  const timer =
    handshakeTimeout > 0
      ? setTimeout(() => {
          void connection.abort(
            new TlsError(faults.ERR_TLS_HANDSHAKE_TIMEOUT, {
              detail: inWords && `${handshakeTimeout} ms are over`,
            }),
          )
        }, handshakeTimeout)
      : undefined
  const aborted = (): void => {
    void connection.abort(new TlsError(faults.ERR_TLS_ABORTED, { cause: signal?.reason }))
  }
  if (signal?.aborted) aborted()
  else signal?.addEventListener('abort', aborted)
  return {
    connected: () => clearTimeout(timer),
    end: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
    },
  }
}
