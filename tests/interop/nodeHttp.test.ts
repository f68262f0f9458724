/** HTTP/1.1 and HTTP/2 of Node over our sockets, against the same over `node:tls`: what a TlsSocket is mostly wanted for. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connect, createServer, type TlsSocket } from '@mortise/tls-node'
import { certificateFiles, type CertificateFiles, type IssuedFiles } from '../support/certificateFiles.ts'
import { providers } from './matrix.ts'

let files: CertificateFiles
let localhost: IssuedFiles
const ending: (() => void)[] = []

beforeAll(async () => {
  files = await certificateFiles()
  localhost = await files.issue('p256')
})
afterAll(() => files.remove())
afterEach(() => {
  for (const end of ending.splice(0)) end()
})

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  ending.push(() => server.close())
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const own = () => ({ cert: readFileSync(localhost.cert), key: readFileSync(localhost.key) })
const trusting = () => ({ ca: readFileSync(files.ca), servername: 'localhost' })

/** Answers with the length of what it was sent, and whether that was encrypted. */
const answer: http.RequestListener = (request, response) => {
  let length = 0
  request.on('data', (chunk: Buffer) => (length += chunk.length))
  request.on('end', () => {
    const { encrypted, remoteAddress } = request.socket as unknown as TlsSocket
    response.end(JSON.stringify({ length, encrypted, remoteAddress }))
  })
}

/** Posts so many bytes. @returns the answer, and whether the connection was one that had been used before */
async function post(
  request: http.ClientRequest,
  length: number,
): Promise<{ readonly answer: unknown; readonly reused: boolean }> {
  request.end(Buffer.alloc(length))
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  let text = ''
  for await (const chunk of response) text += String(chunk)
  return { answer: JSON.parse(text) as unknown, reused: request.reusedSocket }
}

function answerStream(stream: http2.ServerHttp2Stream): void {
  let length = 0
  stream.on('data', (chunk: Buffer) => (length += chunk.length))
  stream.on('end', () => {
    stream.respond({ ':status': 200 })
    stream.end(String(length))
  })
}

/** Ten requests at once. @returns what each was answered */
async function ask(session: http2.ClientHttp2Session): Promise<readonly string[]> {
  const answers = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => {
      const stream = session.request({ ':method': 'POST', ':path': '/' })
      stream.end(Buffer.alloc(i * 50_000))
      let text = ''
      for await (const chunk of stream) text += String(chunk)
      return text
    }),
  )
  const closed = once(session, 'close')
  session.close()
  await closed
  return answers
}

const lengths = Array.from({ length: 10 }, (_, i) => String(i * 50_000))
const answered = (length: number) => ({ length, encrypted: true, remoteAddress: '127.0.0.1' })

describe.each(Object.entries(providers))('with %s', (_, provider) => {
  /** As agents and `http2.connect` want it, whose types know nothing but `net.Socket` or Duplex. */
  const dial = (port: number, alpn: string) => (): Duplex =>
    connect({
      port,
      host: '127.0.0.1',
      serverName: 'localhost',
      provider,
      anchors: files.anchors,
      alpn: [alpn],
    })

  const serve = async (handle: (socket: TlsSocket) => void): Promise<number> =>
    listen(
      createServer(
        { provider, credentials: [await localhost.credential(provider)], alpn: ['h2', 'http/1.1'] },
        handle,
      ),
    )

  it('an agent keeps our connection to an HTTPS server of node:tls alive', async () => {
    const port = await listen(https.createServer(own(), answer))
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1, timeout: 5000 })
    ending.push(() => agent.destroy())
    Object.assign(agent, { createConnection: dial(port, 'http/1.1') })
    for (const [i, length] of [0, 1, 1_000_000].entries())
      expect(await post(http.request({ agent, method: 'POST', host: 'localhost' }), length)).toEqual({
        answer: answered(length),
        reused: i > 0,
      })
  })

  it('an HTTP server on our sockets keeps connections of an HTTPS agent of node:tls alive', async () => {
    const server = http.createServer(answer)
    const port = await serve((socket) => server.emit('connection', socket))
    const agent = new https.Agent({ ...trusting(), keepAlive: true, maxSockets: 1 })
    ending.push(() => agent.destroy())
    for (const [i, length] of [0, 1, 1_000_000].entries())
      expect(await post(https.request({ agent, port, method: 'POST', host: '127.0.0.1' }), length)).toEqual({
        answer: answered(length),
        reused: i > 0,
      })
  })

  it('an HTTP server on our sockets gives up what is idle for too long', async () => {
    const server = http.createServer({ keepAliveTimeout: 50 }, answer)
    const port = await serve((socket) => server.emit('connection', socket))
    const client = tls.connect({ ...trusting(), port, host: '127.0.0.1' })
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    client.on('error', () => {}) // what is destroyed never looks like a good end
    let text = ''
    client.on('data', (chunk) => (text += String(chunk)))
    await new Promise((resolve) => client.on('close', resolve))
    expect(text).toMatch(/^HTTP\/1\.1 200 OK/)
  })

  it('speaks HTTP/2 with a server of node:tls', async () => {
    const server = http2.createSecureServer(own())
    server.on('stream', answerStream)
    const port = await listen(server)
    const socket = dial(port, 'h2')() as TlsSocket
    const session = http2.connect('http://localhost', { createConnection: () => socket })
    expect(await ask(session)).toEqual(lengths)
    expect(socket.alpnProtocol).toBe('h2')
  })

  it('serves HTTP/2 to a client of node:tls', async () => {
    const server = http2.createServer()
    server.on('stream', answerStream)
    const port = await serve((socket) => server.emit('connection', socket))
    const session = http2.connect(`https://127.0.0.1:${port}`, trusting())
    expect(await ask(session)).toEqual(lengths)
  })
})
