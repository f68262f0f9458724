/** Globals of other runtimes, as far as the guide's programs use them, on Node's sockets. */
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import type { ByteStream, WebSocketLike } from '@mortise/tls'

/** A socket as a stream of bytes; short answers only, since it does not wait for readers. */
export function dial(hostname: string, port: number): ByteStream {
  const socket = connect(port, hostname)
  return {
    readable: new ReadableStream({
      start: (controller) => {
        socket.on('data', (bytes: Buffer) => controller.enqueue(new Uint8Array(bytes)))
        socket.once('end', () => controller.close())
      },
    }),
    writable: new WritableStream({
      write: (bytes) => void socket.write(bytes),
      close: () => void socket.end(),
    }),
  }
}

type Listener = (event: { readonly data?: unknown; readonly code?: number }) => void

/** A WebSocket whose relay is so near that it is not there: `wss://relay/host:port` is that host and port. */
class RelayedWebSocket implements WebSocketLike {
  binaryType = 'blob'
  readyState = 0
  readonly bufferedAmount = 0
  readonly #socket: Socket
  readonly #listeners: (readonly [type: string, listener: Listener])[] = []

  constructor(url: string) {
    const [host = '', port = ''] = new URL(url).pathname.slice(1).split(':')
    this.#socket = connect(Number(port), host)
    this.#socket.on('connect', () => this.#become(1, 'open', {}))
    this.#socket.on('data', (bytes: Buffer) => this.#tell('message', { data: new Uint8Array(bytes).buffer }))
    this.#socket.on('close', () => this.#become(3, 'close', { code: 1000 }))
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.push([type, listener])
  }

  send(bytes: Uint8Array): void {
    this.#socket.write(bytes)
  }

  close(): void {
    this.#socket.end()
  }

  #become(state: number, type: string, event: Parameters<Listener>[0]): void {
    this.readyState = state
    this.#tell(type, event)
  }

  #tell(type: string, event: Parameters<Listener>[0]): void {
    for (const [wanted, listener] of this.#listeners) if (wanted === type) listener(event)
  }
}

export const otherRuntimes: Readonly<Record<string, unknown>> = {
  Deno: {
    connect: async ({ hostname, port }: { readonly hostname: string; readonly port: number }) =>
      dial(hostname, port),
    readTextFile: (path: string) => readFile(path, 'utf8'),
  },
  WebSocket: RelayedWebSocket,
}
