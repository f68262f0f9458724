import { describe, expect, it } from 'vitest'
import type { ByteStream } from '../streams/tlsConnection.ts'
import { webSocketStream, type WebSocketLike, type WebSocketOptions } from './webSocket.ts'

type Event = { readonly data?: unknown; readonly code?: number }
type Kind = 'open' | 'message' | 'close' | 'error'

interface Fake {
  readonly stream: ByteStream
  readonly sent: Uint8Array[]
  readonly closed: number[]
  readonly state: { readyState: number; bufferedAmount: number }
  readonly fire: (kind: Kind, event?: Event) => void
}

/** A socket of which a test decides what happens. */
function fake(readyState: number, options?: WebSocketOptions): Fake {
  const listeners: Record<Kind, ((event: Event) => void)[]> = { open: [], message: [], close: [], error: [] }
  const sent: Uint8Array[] = []
  const closed: number[] = []
  const state = { readyState, bufferedAmount: 0 }
  const socket: WebSocketLike = {
    binaryType: 'blob',
    get readyState() {
      return state.readyState
    },
    get bufferedAmount() {
      return state.bufferedAmount
    },
    send: (data) => void sent.push(data),
    close: (code = 1005) => void closed.push(code),
    addEventListener: (kind, listener) => void listeners[kind].push(listener),
  }
  const stream = webSocketStream(socket, options)
  expect(socket.binaryType).toBe('arraybuffer')
  return {
    stream,
    sent,
    closed,
    state,
    fire: (kind, event = {}) => {
      for (const listener of listeners[kind]) listener(event)
    },
  }
}

const message = (...bytes: readonly number[]): Event => ({ data: Uint8Array.from(bytes).buffer })
const connecting = 0
const open = 1
const transport = expect.objectContaining({ code: 'ERR_TLS_TRANSPORT' })

async function readAll({ readable }: ByteStream): Promise<readonly number[]> {
  const bytes: number[] = []
  for await (const chunk of readable) bytes.push(...chunk)
  return bytes
}

describe('webSocketStream', () => {
  it('carries binary messages both ways, until the socket is closed', async () => {
    const { stream, sent, fire, closed } = fake(open)
    const reading = readAll(stream)
    fire('message', message(1, 2))
    fire('message', message(3))
    const writer = stream.writable.getWriter()
    await writer.write(Uint8Array.of(4))
    fire('close', { code: 1000 })
    expect(await reading).toEqual([1, 2, 3])
    expect(sent).toEqual([Uint8Array.of(4)])
    await writer.close()
    expect(closed).toEqual([1000])
  })

  it('writes once it is open', async () => {
    const { stream, sent, fire, state } = fake(connecting)
    const written = stream.writable.getWriter().write(Uint8Array.of(1))
    await Promise.resolve()
    expect(sent).toEqual([])
    state.readyState = open
    fire('open')
    await written
    expect(sent).toHaveLength(1)
  })

  it('waits while the socket holds too much', async () => {
    const { stream, state } = fake(open, { maxBuffered: 10 })
    state.bufferedAmount = 11
    let done = false
    const written = stream.writable
      .getWriter()
      .write(Uint8Array.of(1))
      .then(() => {
        done = true
      })
    await new Promise((resolve) => setTimeout(resolve, 15))
    expect(done).toBe(false)
    state.bufferedAmount = 10
    await written
    expect(done).toBe(true)
  })

  it('gives up when more comes in than anybody reads', async () => {
    const { stream, fire, closed } = fake(open, { maxUnread: 4 })
    fire('message', message(1, 2, 3, 4, 5))
    fire('message', message(6))
    expect(closed).toEqual([1000])
    await expect(readAll(stream)).rejects.toEqual(transport)
  })

  it.each<[string, (socket: Fake) => void]>([
    ['a message that is not binary', ({ fire }) => fire('message', { data: 'text' })],
    ['a failure', ({ fire }) => fire('error')],
    ['an end with a code that is none of success', ({ fire }) => fire('close', { code: 1006 })],
    ['an end without a code', ({ fire }) => fire('close')],
  ])('fails by %s, once', async (_, happen) => {
    const socket = fake(open)
    happen(socket)
    happen(socket)
    await expect(readAll(socket.stream)).rejects.toEqual(transport)
  })

  it('fails whoever waits for a socket that never opens', async () => {
    const { stream, fire } = fake(connecting)
    const written = stream.writable.getWriter().write(Uint8Array.of(1))
    fire('close', { code: 1000 })
    await expect(written).rejects.toEqual(transport)
    await expect(readAll(stream)).rejects.toEqual(transport)
  })

  it('writes nothing to a socket that is closed', async () => {
    const { stream, fire, state } = fake(open)
    state.readyState = 3
    fire('close', { code: 1005 })
    await expect(stream.writable.getWriter().write(Uint8Array.of(1))).rejects.toEqual(transport)
    expect(await readAll(stream)).toEqual([])
  })

  it('closes the socket when its reader or its writer gives up, and hears nothing more', async () => {
    const { stream, fire, closed } = fake(open)
    await stream.readable.cancel()
    fire('message', message(1))
    fire('close', { code: 1000 })
    await stream.writable.abort()
    expect(closed).toEqual([1000, 1000])
  })
})
