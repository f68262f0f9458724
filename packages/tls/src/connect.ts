/** The client's door on Web Streams. */
import { clientConnection, type ClientOptions } from './clientConnection.ts'
import type { EarlyDataSource } from './earlyDataWriter.ts'
import { openConnection } from './streams/open.ts'
import type { ByteStream, TlsConnection } from './streams/tlsConnection.ts'

/** The client's options. */
export interface ConnectOptions extends Omit<ClientOptions, 'earlyData'> {
  /**
   * Called if early data can be sent: with a session of a server that takes it. Early data can be replayed by an attacker
   * (RFC 9846 §8), so it must be harmless to repeat. Default: none is offered.
   */
  readonly earlyData?: EarlyDataSource
}

/**
 * TLS 1.3 as a client over any stream of bytes.
 * @returns when the server is authenticated
 * @throws TlsError with the reason, whose doing it was, and the alert
 */
export async function connect(stream: ByteStream, options: ConnectOptions): Promise<TlsConnection> {
  const { earlyData, ...rest } = options
  const early = earlyData && options.sessions?.earlyOpening?.(earlyData)
  try {
    return await openConnection(stream, {
      settings: options,
      party: () => ({ role: 'client', provider: options.provider }),
      create: (events) => clientConnection({ ...rest, earlyData: early !== undefined }, events),
      ...(early ? { started: early.started, events: early.events } : {}),
    })
  } catch (error) {
    early?.failed(error)
    throw error
  }
}
