/** The client's door on Web Streams. */
import type { MaybePromise } from '@mortise/crypto'
import { clientConnection, type ClientOptions } from './clientConnection.ts'
import { deferred } from './streams/deferred.ts'
import { openConnection, type Opening } from './streams/open.ts'
import type { ByteStream, TlsConnection } from './streams/tlsConnection.ts'

export interface ConnectOptions extends Omit<ClientOptions, 'earlyData'> {
  /**
   * Called if early data can be sent: with a session of a server that takes it. Early data can be replayed by an attacker
   * (RFC 9846 §8), so it must be harmless to repeat. Default: none is offered.
   */
  readonly earlyData?: (early: EarlyDataWriter) => MaybePromise<void>
}

/** Writes early data, before the server has answered (RFC 9846 §4.3.10). */
export interface EarlyDataWriter {
  /** Bytes that the server takes. */
  readonly maxSize: number
  /** Writes the beginning of `bytes`: as much as goes. @returns how many bytes that is; 0 once the server has answered */
  readonly write: (bytes: Uint8Array) => Promise<number>
  /** Whether the server took it. What it did not take is lost unless the application sends it again. Rejects if the handshake fails. */
  readonly accepted: Promise<boolean>
}

/**
 * TLS 1.3 as a client over any stream of bytes.
 * @returns when the server is authenticated
 * @throws TlsError with the reason, whose doing it was, and the alert
 */
export async function connect(stream: ByteStream, options: ConnectOptions): Promise<TlsConnection> {
  const { earlyData, ...rest } = options
  const accepted = deferred<boolean>()
  const early = earlyData && earlyOpening(earlyData, accepted.promise)
  try {
    return await openConnection(stream, {
      settings: options,
      create: (events) => clientConnection({ ...rest, earlyData: earlyData !== undefined }, events),
      ...(early ? { started: early.started } : {}),
      events: {
        ...(early ? { earlyDataOffered: early.offered } : {}),
        earlyDataDecided: accepted.resolve,
      },
    })
  } catch (error) {
    accepted.reject(error)
    throw error
  }
}

function earlyOpening(
  use: NonNullable<ConnectOptions['earlyData']>,
  accepted: Promise<boolean>,
): { readonly started: NonNullable<Opening['started']>; readonly offered: (maxSize: number) => void } {
  let write: EarlyDataWriter['write'] = async () => 0
  return {
    started: (connection) => {
      write = async (bytes) => connection.writeEarlyData(bytes)
    },
    // Behind the ClientHello, which is still being sent
    offered: (maxSize) => {
      void Promise.resolve().then(() => use({ maxSize, write: (bytes) => write(bytes), accepted }))
    },
  }
}
