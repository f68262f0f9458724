/** Early data as an application writes it (RFC 9846 §4.3.10). */
import type { MaybePromise } from '@mortise/crypto'
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { Connection } from './core/api.ts'
import type { ConnectionEvents } from './core/events.ts'
import { deferred } from './streams/deferred.ts'

/** Writes early data, before the server has answered. */
export interface EarlyDataWriter {
  /** Bytes that the server takes. */
  readonly maxSize: number
  /** Writes the beginning of `bytes`: as much as goes. @returns how many bytes that is; 0 once the server has answered */
  readonly write: (bytes: Uint8Array) => Promise<number>
  /** As of the connection, of early data: what is bound to it can be replayed (RFC 9846 §7.5). @throws TlsError once it is rejected */
  readonly exportKeyingMaterial: (label: string, context: Uint8Array, length: number) => Promise<Uint8Array>
  /** Whether the server took it. What it did not take is lost unless the application sends it again. Rejects if the handshake fails. */
  readonly accepted: Promise<boolean>
}

/** Writes early data when it can be sent. */
export type EarlyDataSource = (early: EarlyDataWriter) => MaybePromise<void>

/** Hands an application its writer when early data can be sent; for doors. */
export interface EarlyOpening {
  readonly events: Pick<ConnectionEvents, 'earlyDataOffered' | 'earlyDataDecided'>
  /** The connection begins. */
  readonly started: (connection: Connection) => void
  /** It has failed. */
  readonly failed: (error: unknown) => void
}

/**
 * What a door needs to give early data to a connection that begins.
 * @param source what it throws is thrown away: it knows best what it has written
 */
export function earlyOpening(source: EarlyDataSource): EarlyOpening {
  const accepted = deferred<boolean>()
  let write: EarlyDataWriter['write'] = async () => 0
  let exportKeyingMaterial: EarlyDataWriter['exportKeyingMaterial'] = () =>
    Promise.reject(new TlsError(faults.ERR_TLS_NOT_CONNECTED))
  const offer = async (maxSize: number): Promise<void> => {
    await Promise.resolve() // behind the ClientHello, which is still being sent
    await source({
      maxSize,
      write: (bytes) => write(bytes),
      exportKeyingMaterial: (...asked) => exportKeyingMaterial(...asked),
      accepted: accepted.promise,
    })
  }
  return {
    events: {
      earlyDataOffered: (maxSize) => {
        offer(maxSize).catch(() => {})
      },
      earlyDataDecided: accepted.resolve,
    },
    started: (connection) => {
      write = async (bytes) => connection.writeEarlyData(bytes)
      exportKeyingMaterial = connection.exportEarlyKeyingMaterial
    },
    failed: accepted.reject,
  }
}
