/** The relay is safe to leave running: who gets in, to whom, and how much. */
import { once } from 'node:events'
import { createServer as createHttpServer, request } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { RelayLimits } from '../server/relay/limits.ts'
import { createRelay, type Relay } from '../server/relay/relay.ts'
import { relayTargets } from '../server/relay/targets.ts'

const endings: (() => void)[] = []
afterEach(() => {
  for (const end of endings.splice(0)) end()
})

interface Setting {
  readonly relay: Relay
  readonly port: number
  readonly origin: string
  /** Connections that reached the target. */
  readonly reached: readonly Socket[]
  readonly open: (path: string, headers?: Readonly<Record<string, string>>) => WebSocket
}

/** A relay with one target, which does as `serve` says. */
async function setting(
  serve: (socket: Socket) => void = (socket) => void socket.pipe(socket),
  limits: Partial<RelayLimits> = {},
): Promise<Setting> {
  const reached: Socket[] = []
  const target = await listening(
    createServer((socket) => {
      reached.push(socket)
      socket.on('error', () => {})
      serve(socket)
    }),
  )
  endings.push(() => reached.forEach((socket) => socket.destroy()))
  const http = createHttpServer()
  const port = await listening(http)
  const origin = `http://127.0.0.1:${port}`
  const relay = createRelay({
    targets: relayTargets([
      { name: 'echo', host: '127.0.0.1', port: target },
      { name: 'nobody', host: '127.0.0.1', port: await closedPort() },
    ]),
    origins: () => [origin],
    limits,
  })
  http.on('upgrade', relay.upgrade)
  endings.push(relay.close)
  return {
    relay,
    port,
    origin,
    reached,
    open: (path, headers = {}) =>
      new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { origin, ...headers } }),
  }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  endings.push(() => server.close())
  return (server.address() as AddressInfo).port
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** The status of a refused upgrade. */
async function refusal(socket: WebSocket): Promise<number | undefined> {
  socket.on('error', () => {})
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode?: number }]
  return response.statusCode
}

async function closing(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number]
  return code
}

describe('lets in', () => {
  it('a page of ours to a target of ours, and carries bytes both ways', async () => {
    const { open } = await setting()
    const socket = open('/relay?target=echo')
    await once(socket, 'open')
    socket.send(Uint8Array.of(1, 2, 3))
    const [data] = (await once(socket, 'message')) as [Buffer]
    expect([...data]).toEqual([1, 2, 3])
  })

  it('loses nothing where the page is slower than the target, and ends both together', async () => {
    const { open, reached } = await setting((socket) => socket.end(Buffer.alloc(100_000, 7)), {
      maxWaiting: 1024,
    })
    const socket = open('/relay?target=echo')
    let received = 0
    socket.on('message', (data: Buffer) => {
      received += data.length
    })
    expect(await closing(socket)).toBe(1000)
    expect(received).toBe(100_000)
    expect(reached).toHaveLength(1)
  })
})

describe('refuses before anything is connected', () => {
  it.each([
    ['a target that is not in the list', '/relay?target=example.org:443', {}, 403],
    ['no target', '/relay', {}, 403],
    ['another page', '/relay?target=echo', { origin: 'https://evil.example' }, 403],
    ['a page of ours by a name that is not ours', '/relay?target=echo', { host: 'evil.example' }, 421],
    ['an origin that only begins like ours', '/relay?target=echo', { origin: 'http://127.0.0.1:1' }, 403],
    ['another path', '/elsewhere?target=echo', {}, 404],
    ['a path that is none', '//', {}, 400],
    ['a watch under a name that is none', '/relay?target=echo&watch=../x', {}, 400],
  ] as const)('%s', async (_, path, headers, status) => {
    const { open, reached, relay } = await setting()
    expect(await refusal(open(path, headers))).toBe(status)
    expect(reached).toEqual([])
    expect(relay.open()).toBe(0)
  })

  it('who names no origin: no browser does that', async () => {
    const { port, reached } = await setting()
    const asking = request({
      port,
      host: '127.0.0.1',
      path: '/relay?target=echo',
      headers: {
        connection: 'upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      },
    })
    asking.end()
    const [response] = (await once(asking, 'response')) as [{ statusCode?: number }]
    expect(response.statusCode).toBe(403)
    expect(reached).toEqual([])
  })

  it('more connections than there is room for', async () => {
    const { open, relay } = await setting(undefined, { maxConnections: 2 })
    const sockets = [open('/relay?target=echo'), open('/relay?target=echo')]
    await Promise.all(sockets.map((socket) => once(socket, 'open')))
    expect(await refusal(open('/relay?target=echo'))).toBe(503)
    sockets[0]?.close()
    await expect.poll(() => relay.open()).toBe(1)
    await once(open('/relay?target=echo'), 'open')
  })
})

describe('ends', () => {
  it('a burst that is too large, before the target sees any of it', async () => {
    const seen: Buffer[] = []
    const { open } = await setting((socket) => void socket.on('data', (bytes) => seen.push(bytes)), {
      maxMessage: 1000,
    })
    const socket = open('/relay?target=echo')
    await once(socket, 'open')
    socket.send(new Uint8Array(1001))
    expect(await closing(socket)).toBe(1009)
    expect(seen).toEqual([])
  })

  it('a connection that has carried enough', async () => {
    const { open, reached } = await setting(undefined, { maxBytes: 5000 })
    const socket = open('/relay?target=echo')
    await once(socket, 'open')
    for (let i = 0; i < 10; i++) socket.send(new Uint8Array(1000))
    expect(await closing(socket)).toBe(1009)
    await expect.poll(() => reached[0]?.destroyed).toBe(true)
  })

  it('a connection that is idle', async () => {
    const { open } = await setting(undefined, { idleTimeout: 20 })
    expect(await closing(open('/relay?target=echo'))).toBe(4008)
  })

  it('text: TLS is bytes', async () => {
    const { open } = await setting()
    const socket = open('/relay?target=echo')
    await once(socket, 'open')
    socket.send('GET / HTTP/1.1')
    expect(await closing(socket)).toBe(1003)
  })

  it('a target that can not be reached', async () => {
    const { open } = await setting()
    expect(await closing(open('/relay?target=nobody'))).toBe(1011)
  })

  it('the connection to the target when the page goes', async () => {
    const { open, reached, relay } = await setting()
    const socket = open('/relay?target=echo')
    await once(socket, 'open')
    socket.send(Uint8Array.of(1))
    await once(socket, 'message')
    socket.terminate()
    await expect.poll(() => reached[0]?.destroyed).toBe(true)
    await expect.poll(() => relay.open()).toBe(0)
  })
})

it('tells who watches what it sees, and nobody else', async () => {
  const { open } = await setting()
  const [id, otherId] = ['0'.repeat(32), '1'.repeat(32)]
  const told: unknown[] = []
  const others: unknown[] = []
  const [mine, other] = [open(`/watch?watch=${id}`), open(`/watch?watch=${otherId}`)]
  mine.on('message', (data: Buffer) => told.push(JSON.parse(data.toString())))
  other.on('message', (data: Buffer) => others.push(JSON.parse(data.toString())))
  await Promise.all([once(mine, 'message'), once(other, 'message')])
  const socket = open(`/relay?target=echo&watch=${id}`)
  await once(socket, 'open')
  socket.send(Uint8Array.of(9, 8))
  await once(socket, 'message')
  socket.close()
  await expect.poll(() => told.length).toBe(5)
  const bytes = Buffer.of(9, 8).toString('base64')
  expect(told).toEqual([
    { kind: 'watching' },
    { kind: 'open', target: 'echo' },
    { kind: 'bytes', from: 'page', length: 2, bytes },
    { kind: 'bytes', from: 'target', length: 2, bytes },
    { kind: 'close', why: 'the page has closed' },
  ])
  expect(others).toEqual([{ kind: 'watching' }])
})
