/** `mortise serve` and `mortise connect` among peers that are slow, odd or hostile, and the pages of `--www`. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  connect as connectSocket,
  createServer as createSocketServer,
  type AddressInfo,
  type Socket,
} from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { connect as connectTls, createServer } from '@mortise/tls-node'
import { certificateFiles, type CertificateFiles, type IssuedFiles } from '../support/certificateFiles.ts'
import { buildProgram, events, type Program, type Server } from './program.ts'

let files: CertificateFiles
let localhost: IssuedFiles
let alice: IssuedFiles
let program: Program

const pair = ({ cert, key }: IssuedFiles): readonly string[] => ['--cert', cert, '--key', key]

beforeAll(async () => {
  ;[files, program] = await Promise.all([certificateFiles(), buildProgram()])
  localhost = await files.issue('p256')
  alice = await files.issue('p384', 'alice')
})

afterAll(() => {
  files.remove()
  program.remove()
})

const connect = (server: Server, args: readonly string[] = [], stdin = 'hello') =>
  program.run(['connect', server.address, '--ca', files.ca, ...args], stdin)

describe('--www', () => {
  let www: Server
  beforeAll(async () => {
    www = await program.serve([...pair(localhost), '--www', '--json', '--trace', '--client-ca', files.ca])
  })
  afterAll(() => www.kill('SIGTERM'))

  const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`

  it('answers with a page about the connection, then close_notify', async () => {
    const { code, stdout } = await connect(www, ['--groups', 'secp384r1'], get('/'))
    expect(code).toBe(0)
    const [head = '', body = ''] = stdout.toString().split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(head).toContain(`Content-Length: ${body.length}`)
    expect(body).toMatch(/<th>group<td>secp384r1/)
  })

  it('waits for the empty line, however the request is cut', async () => {
    const client = connectTls({
      port: www.port,
      host: 'localhost',
      anchors: files.anchors,
    })
    let text = ''
    client.on('data', (bytes: Buffer) => (text += bytes.toString()))
    await once(client, 'secureConnect')
    const end = once(client, 'end')
    for (const character of get('/slow')) {
      expect(text).toBe('')
      client.write(character)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await end
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/)
  })

  it.each([
    ['nothing that is HTTP', 'hello\r\n\r\n', '400 Bad Request'],
    ['a request without end', `GET / HTTP/1.1\r\n${'x: y\r\n'.repeat(4000)}`, '431 '],
    ['HEAD', 'HEAD / HTTP/1.0\r\n\r\n', '200 OK'],
    ['/secret of a client that can not be asked', get('/secret'), '403 Forbidden'],
  ])('%s', async (_, request, status) => {
    const { code, stdout } = await connect(www, [], request)
    expect({ code, head: stdout.toString().slice(0, 9 + status.length) }).toEqual({
      code: 0,
      head: `HTTP/1.1 ${status}`,
    })
  })

  it('GET /keyupdate sends a KeyUpdate that asks for one, before the answer (RFC 9846 §4.7.3)', async () => {
    const client = program.start(['connect', www.address, '--ca', files.ca, '--trace', '--json'])
    client.write(get('/keyupdate'))
    const { code, stdout, stderr } = await client.outcome
    expect(code).toBe(0)
    expect(stdout.toString()).toContain('200 OK')
    const received = events(stderr).filter(({ direction }) => direction === 'received')
    const names = received.map(({ name }) => name)
    expect(names.slice(names.indexOf('key_update'))).toEqual(['key_update', 'application_data', 'alert'])
    expect(JSON.stringify(received.find(({ name }) => name === 'key_update'))).toContain('update_requested')
  })

  it('answers who has said close_notify, and such a client sends nothing more (RFC 9846 §6.1)', async () => {
    const { code, stdout, stderr } = await connect(www, ['--trace', '--json'], get('/keyupdate'))
    expect(code).toBe(0)
    expect(stdout.toString()).toContain('200 OK')
    const sent = events(stderr).filter(({ direction }) => direction === 'sent')
    expect(sent.at(-1)).toMatchObject({ name: 'alert' })
  })

  it('GET /secret asks for a certificate after the handshake (RFC 9846 §4.7.2)', async () => {
    const offered = ['--post-handshake-auth', ...pair(alice)]
    const asked = async (args: readonly string[]) => {
      const client = program.start(['connect', www.address, '--ca', files.ca, ...args])
      client.write(get('/secret')) // and then stdin stays open: who has said close_notify can't answer
      const { code, stdout } = await client.outcome
      return { code, page: stdout.toString() }
    }
    expect(await asked(offered)).toMatchObject({
      code: 0,
      page: expect.stringContaining('<th>peer<td>CN=alice') as string,
    })
    const without = await asked(['--post-handshake-auth'])
    expect(without).toMatchObject({ code: 0, page: expect.stringMatching(/^HTTP\/1\.1 403 /) as string })
    const closed = await connect(www, offered, get('/secret'))
    expect(closed.stdout.toString()).toMatch(/^HTTP\/1\.1 /)
  })
})

describe('a server', () => {
  it('survives whatever is sent to it', async () => {
    const server = await program.serve([...pair(localhost), '--echo', '--json'])
    const hello = await clientHello()
    const garbage: readonly Uint8Array[] = [
      new Uint8Array(0),
      new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n'),
      randomBytes(20_000),
      hello.subarray(0, 50),
      Buffer.concat([hello, hello]),
      Buffer.concat([hello, Buffer.from('1703030020', 'hex'), randomBytes(32)]),
      Buffer.from('15030300020228', 'hex'), // an alert
      Buffer.from('1403030001011403030001ff', 'hex'),
      Buffer.from('160303ffff', 'hex'),
      Buffer.from('16030300040200000f', 'hex'),
      Buffer.from('8000010000000000', 'hex'), // SSL 2
      new Uint8Array(70_000),
    ]
    for (const bytes of garbage) await throwAt(server.port, bytes)
    for (let length = 1; length < hello.length; length += 97)
      await throwAt(server.port, hello.subarray(0, length))
    await resetAt(server.port, hello)
    expect((await connect(server)).code).toBe(0)
    server.kill('SIGTERM')
    const { code, stderr } = await server.outcome
    expect(code).toBe(0)
    const errors = events(stderr).filter(({ event }) => event === 'error')
    expect(errors.length).toBeGreaterThan(garbage.length)
    for (const error of errors) expect(error['code']).toMatch(/^ERR_TLS_(?!INTERNAL|CONFIG)/)
  })

  it('tells of clients that vanish, and serves the next', async () => {
    const server = await program.serve([...pair(localhost), '--echo', '--json'])
    const client = connectTls({ port: server.port, host: 'localhost', anchors: files.anchors })
    client.on('error', () => {})
    await once(client, 'secureConnect')
    client.socket.destroy()
    await server.saying(
      /"event":"error","connection":1.*"code":"ERR_TLS_TRUNCATED","alert":null,"direction":"none"/,
    )
    expect((await connect(server)).code).toBe(0)
    server.kill('SIGTERM')
  })

  it('refuses more clients than --max-connections, and says so', async () => {
    const server = await program.serve([...pair(localhost), '--echo', '--json', '--max-connections', '1'])
    const first = program.start(['connect', server.address, '--ca', files.ca, '--json'])
    await first.saying(/"connected"/)
    expect((await connect(server)).code).toBe(1)
    await server.saying(/"event":"error","code":"TOO_MANY_CONNECTIONS"/)
    first.end('done')
    expect(await first.outcome).toMatchObject({ code: 0 })
    await server.saying(/"event":"closed"/)
    expect((await connect(server)).code).toBe(0)
    server.kill('SIGTERM')
  })

  it('prints what it is sent, if nothing else is asked for', async () => {
    const server = await program.serve(pair(localhost))
    const client = program.start(['connect', server.address, '--ca', files.ca])
    client.end('to be printed')
    await server.saying(/to be printed/)
    expect((await client.outcome).code).toBe(0)
    server.kill('SIGTERM')
  })
})

describe('a client', () => {
  it.each([
    ['text', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'ERR_TLS_NOT_TLS', 'protocol_version'],
    ['an alert', Buffer.from('15030300020228', 'hex'), 'ERR_TLS_ALERT_RECEIVED', 'handshake_failure'],
    ['the end', '', 'ERR_TLS_TRUNCATED', null],
  ])('of a server that answers with %s fails', async (_, answer, code, alert) => {
    const server = createSocketServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(answer))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const outcome = await program.run(['connect', `127.0.0.1:${port}`, '--ca', files.ca, '--json'])
    expect(outcome.code).toBe(1)
    expect(events(outcome.stderr)).toMatchObject([{ event: 'error', code, alert }])
    server.close()
  })

  it('tells a truncation from an end (RFC 9846 §6.1)', async () => {
    const provider = nodeCrypto()
    const credential = await localhost.credential(provider)
    const server = createServer({ provider, credentials: [credential] }, (socket) => {
      socket.on('error', () => {})
      socket.write('half of it', () => socket.socket.end())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const client = program.start(['connect', `127.0.0.1:${port}`, '--ca', files.ca, '--json'])
    const outcome = await client.outcome
    expect(outcome).toMatchObject({ code: 1 })
    expect(outcome.stdout.toString()).toBe('half of it')
    expect(events(outcome.stderr)).toMatchObject([
      { event: 'connected' },
      { event: 'error', code: 'ERR_TLS_TRUNCATED', alert: null, direction: 'none', blame: 'transport' },
    ])
    server.close()
  })
})

/** What our client begins with. */
async function clientHello(): Promise<Uint8Array> {
  const server = createSocketServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const tls = connectTls({ port: (server.address() as AddressInfo).port, anchors: files.anchors })
  tls.on('error', () => {})
  const [socket] = (await once(server, 'connection')) as [Socket]
  const [bytes] = (await once(socket, 'data')) as [Buffer]
  tls.destroy()
  socket.destroy()
  server.close()
  return bytes
}

/** Sends, ends, and waits until the other side has ended too. */
async function throwAt(port: number, bytes: Uint8Array): Promise<void> {
  const socket = connectSocket(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.resume()
  socket.end(bytes)
  await once(socket, 'close')
}

/** Sends, and resets the connection. */
async function resetAt(port: number, bytes: Uint8Array): Promise<void> {
  const socket = connectSocket(port, '127.0.0.1')
  await once(socket, 'connect')
  await new Promise((resolve) => socket.write(bytes, resolve))
  socket.resetAndDestroy()
  await once(socket, 'close')
}
