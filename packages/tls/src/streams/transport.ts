/** The transport's two streams: bytes go out in order, and come in when there is room for them. */
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { Connection } from '../core/api.ts'
import type { ByteStream } from './tlsConnection.ts'

export interface Transport {
  readonly send: (bytes: Uint8Array) => void
  /** Settles when the transport takes more: backpressure for whoever writes. */
  readonly ready: () => Promise<void>
  /** Reads into `connection` until it has heard enough; `room` settles when more may be read. Never rejects. */
  readonly pump: (connection: Connection, room: () => Promise<void> | undefined) => Promise<void>
  /** Sends what is on its way, and lets go of the streams. Never rejects. */
  readonly end: () => Promise<void>
}

/** Milliseconds that a transport gets to send the last bytes. */
const endGrace = 1000

export function openTransport({ readable, writable }: ByteStream): Transport {
  const reader = readable.getReader()
  const writer = writable.getWriter()
  let failure: unknown
  let ended: Promise<void> | undefined
  const ignore = (): void => {}
  const failed = (cause: unknown): void => {
    failure ??= cause
  }
  writer.closed.catch(failed)

  const end = async (): Promise<void> => {
    const closing = writer.close().catch(ignore)
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, endGrace)
    })
    await Promise.race([closing, late])
    clearTimeout(timer)
    // Neither matters any more: the streams are not ours from here on
    void writer.abort().catch(ignore)
    void reader.cancel().catch(ignore)
  }

  return {
    send: (bytes) => {
      writer.write(bytes).catch(failed)
    },
    ready: async () => {
      try {
        await writer.ready
      } catch (cause) {
        throw new TlsError(faults.ERR_TLS_TRANSPORT, { cause })
      }
    },
    pump: async (connection, room) => {
      try {
        while (!connection.closed) {
          await room()
          const { value, done } = await reader.read()
          if (done) return await connection.endOfTransport()
          await connection.receive(bytesOf(value))
        }
      } catch (cause) {
        await connection.abort(new TlsError(faults.ERR_TLS_TRANSPORT, { cause: failure ?? cause }))
      }
    },
    end: () => (ended ??= end()),
  }
}

/** @throws TypeError for anything but bytes */
export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  throw new TypeError('a stream of bytes gave something else')
}
