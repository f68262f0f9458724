/** Application data on its way to the peer. */
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { Connection } from '../core/api.ts'
import { bytesOf, type Transport } from './transport.ts'

export interface Outgoing {
  readonly writable: WritableStream<Uint8Array>
  readonly fail: (error: TlsError) => void
}

/** @param closed told when close_notify is out */
export function createOutgoing(connection: Connection, transport: Transport, closed: () => void): Outgoing {
  let controller: WritableStreamDefaultController | undefined
  const writable = new WritableStream<Uint8Array>({
    start: (made) => {
      controller = made
    },
    write: async (chunk) => {
      await connection.write(bytesOf(chunk))
      await transport.ready()
    },
    close: async () => {
      await connection.close()
      closed()
    },
    abort: async (cause) => {
      await connection.abort(new TlsError(faults.ERR_TLS_ABORTED, { cause }))
    },
  })
  return { writable, fail: (error) => controller?.error(error) }
}
