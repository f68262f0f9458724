/**
 * A WebSocket as a stream of bytes, for tunnels: each binary message is a piece of the stream, cut wherever it may be.
 * The socket has no backpressure of its own: what it has buffered is looked at before more is given to it.
 */
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { deferred, pause } from '../streams/deferred.ts'
import type { ByteStream } from '../streams/tlsConnection.ts'

/** The part of WebSocket that is used here, as in browsers, Node, Deno and workers. */
export interface WebSocketLike {
  binaryType: string
  readonly readyState: number
  readonly bufferedAmount: number
  /** One binary message. */
  readonly send: (data: Uint8Array<ArrayBuffer>) => void
  /** As WebSocket has it. */
  readonly close: (code?: number, reason?: string) => void
  /** As EventTarget has it. */
  readonly addEventListener: (
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: { readonly data?: unknown; readonly code?: number }) => void,
  ) => void
}

/** Bounds of what may wait, in each direction. */
export interface WebSocketOptions {
  /** Bytes that may wait in the socket before writing pauses. Default: 1 MiB. */
  readonly maxBuffered?: number
  /**
   * Bytes that may come in and wait for a reader before the tunnel is given up, since a WebSocket can't be told to wait.
   * Default: 16 MiB.
   */
  readonly maxUnread?: number
}

const connecting = 0
const open = 1
/** Milliseconds between two looks at what the socket has buffered. */
const pollInterval = 5
const mebibyte = 1_048_576

/** Waits for the socket to open by itself: reading and writing may begin at once. */
export function webSocketStream(
  socket: WebSocketLike,
  { maxBuffered = mebibyte, maxUnread = 16 * mebibyte }: WebSocketOptions = {},
): ByteStream {
  socket.binaryType = 'arraybuffer'
  const opened = deferred<void>()
  if (socket.readyState === open) opened.resolve()
  return {
    readable: readableOf(socket, opened, maxUnread),
    writable: new WritableStream<Uint8Array>({
      write: async (bytes) => {
        await opened.promise
        if (socket.readyState !== open) throw lost(inWords && 'is closed')
        socket.send(new Uint8Array(bytes))
        while (socket.bufferedAmount > maxBuffered && socket.readyState === open) await pause(pollInterval)
      },
      close: () => socket.close(1000),
      abort: () => socket.close(1000),
    }),
  }
}

function readableOf(
  socket: WebSocketLike,
  opened: ReturnType<typeof deferred<void>>,
  maxUnread: number,
): ReadableStream<Uint8Array> {
  let over = false
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const fail = (error: TlsError): void => {
          opened.reject(error)
          if (!over) controller.error(error)
          over = true
        }
        socket.addEventListener('open', () => opened.resolve())
        socket.addEventListener('message', ({ data }) => {
          if (over) return
          if (!(data instanceof ArrayBuffer)) return fail(lost('sent a message that is not binary'))
          controller.enqueue(new Uint8Array(data))
          if ((controller.desiredSize ?? 0) < 0) {
            fail(lost(`holds more than ${maxUnread} unread bytes`))
            socket.close(1000)
          }
        })
        socket.addEventListener('error', () => fail(lost('failed')))
        socket.addEventListener('close', ({ code }) => {
          if (socket.readyState === connecting || (code !== 1000 && code !== 1005))
            return fail(lost(`was closed with code ${code ?? 'unknown'}`))
          opened.reject(lost('is closed'))
          if (!over) controller.close()
          over = true
        })
      },
      cancel: () => {
        over = true
        socket.close(1000)
      },
    },
    { highWaterMark: maxUnread, size: ({ byteLength }) => byteLength },
  )
}

const lost = (detail: string | false): TlsError =>
  new TlsError(faults.ERR_TLS_TRANSPORT, { detail: inWords && `the WebSocket ${detail}` })
