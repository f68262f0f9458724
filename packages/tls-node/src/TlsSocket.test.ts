import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectSocket, Socket } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { pair, plainServer, readAll, type Pair } from './fixtures/sockets.ts'

const webcrypto = await detectWebcrypto()
const open: Pair[] = []

async function opened(...args: Parameters<typeof pair>): Promise<Pair> {
  const made = await pair(...args)
  open.push(made)
  return made
}

afterEach(() => {
  vi.restoreAllMocks()
  for (const made of open.splice(0)) made.destroy()
})

describe.each([
  ['synchronous', nodeCrypto()],
  ['asynchronous', webcrypto],
])('a TlsSocket with an %s provider', (_, provider) => {
  it('carries a mebibyte each way at once, in one write or in many', async () => {
    const { client, server } = await opened(provider)
    const [there, back] = [randomBytes(2 ** 20), randomBytes(2 ** 20)]
    client.end(there)
    for (let at = 0; at < back.length; at += 4096) server.write(back.subarray(at, at + 4096))
    server.end()
    const [atServer, atClient] = await Promise.all([readAll(server), readAll(client)])
    expect(atServer.equals(there)).toBe(true)
    expect(atClient.equals(back)).toBe(true)
  })

  it('ends when the peer ends, and closes once on both sides without an error', async () => {
    const { client, server } = await opened(provider)
    const events: string[] = []
    for (const [name, socket] of [
      ['client', client],
      ['server', server],
    ] as const)
      for (const event of ['end', 'finish', 'close', 'error'])
        socket.on(event, () => events.push(`${name} ${event}`))
    client.resume()
    server.resume()
    client.end('x')
    await Promise.all([once(client, 'close'), once(server, 'close')])
    expect(events.toSorted()).toEqual([
      'client close',
      'client end',
      'client finish',
      'server close',
      'server end',
      'server finish',
    ])
    expect([client.destroyed, server.destroyed]).toEqual([true, true])
  })

  it('stays half open if that is asked for (RFC 9846 §6.1)', async () => {
    const { client, server } = await opened(provider)
    server.allowHalfOpen = true
    const request = readAll(server)
    client.end('question')
    expect((await request).toString()).toBe('question')
    expect(server.writable).toBe(true)
    server.end('answer')
    expect((await readAll(client)).toString()).toBe('answer')
  })

  it('answers who has ended its half of the transport, after close_notify', async () => {
    const { client, server } = await opened(provider)
    server.allowHalfOpen = true
    const request = readAll(server)
    client.end('question')
    await once(client, 'finish')
    client.socket.end()
    expect((await request).toString()).toBe('question')
    await vi.waitFor(() => expect(server.socket.readableEnded).toBe(true))
    server.end('answer')
    expect((await readAll(client)).toString()).toBe('answer')
    await vi.waitFor(() => expect([server.socket.closed, client.socket.closed]).toEqual([true, true]))
  })

  it('emits end though nobody reads, if there is nothing to read', async () => {
    const { client, server } = await opened(provider)
    const ended = once(client, 'end')
    client.resume()
    server.end()
    await ended
    await once(server, 'close')
  })

  it('takes no close_notify for a truncation that comes with the end of the transport in one piece', async () => {
    const { client, server } = await opened(provider, {}, async (port) => {
      // Holds back what the server sends once the handshake is over, until it has ended
      const proxy = await plainServer((near) => {
        const far = connectSocket({ port, host: '127.0.0.1', allowHalfOpen: true })
        const held: Buffer[] = []
        let flights = 0
        near.on('data', (bytes) => far.write(bytes))
        far.on('data', (bytes) => {
          flights += 1
          if (flights === 1) near.write(bytes)
          else held.push(bytes)
        })
        far.on('error', () => {})
        far.on('end', () => near.end(Buffer.concat(held)))
        near.on('close', () => far.destroy())
      })
      return proxy.port
    })
    const received = readAll(client)
    server.end(randomBytes(100_000))
    server.resume()
    setTimeout(() => server.socket.end(), 50)
    expect(await received).toHaveLength(100_000)
  })

  it('carries each byte to readers that are late, though connections share buffers', async () => {
    const talks = [await opened(provider), await opened(provider)].map(({ client, server }, which) => {
      const sent = createHash('sha256')
      // 16 MiB, waiting for nothing
      for (let i = 0; i < 256; i++) {
        const chunk = Buffer.alloc(65_536, `${which}:${i}`)
        sent.update(chunk)
        client.write(chunk)
      }
      client.end()
      return { client, server, sent: sent.digest('hex') }
    })
    for (const { client } of talks) await vi.waitFor(() => expect(client.socket.writableNeedDrain).toBe(true)) // the kernel takes no more
    for (const { server, sent } of talks) {
      const received = createHash('sha256')
      for await (const bytes of server) received.update(bytes as Buffer)
      expect(received.digest('hex')).toBe(sent)
    }
  })

  it('lets no more wait than is read', async () => {
    const { client, server } = await opened(provider)
    const total = 12 * 2 ** 20
    let written = 0
    const write = (): void => {
      while (written < total) {
        written += 65_536
        if (!client.write(Buffer.alloc(65_536))) break
      }
      if (written >= total) client.end()
      else client.once('drain', write)
    }
    write()
    await vi.waitFor(() => expect(server.readableLength).toBeGreaterThan(0))
    // Long enough for everything to arrive that the transport takes
    for (let before = -1; before !== written; await new Promise((resolve) => setTimeout(resolve, 100)))
      before = written
    expect(written).toBeLessThan(total)
    expect(server.readableLength).toBeLessThan(300_000)
    expect(client.writableLength).toBeLessThan(300_000)
    expect(await readAll(server)).toHaveLength(total)
  }, 30_000)

  it('keeps what is written and ended before the peer is authenticated', async () => {
    const received: Buffer[] = []
    const { client, server } = await opened(provider)
    expect(client.info?.protocol).toBe('TLSv1.3')
    server.on('data', (bytes: Buffer) => received.push(bytes))
    client.write('one ')
    client.end('two')
    await once(server, 'end')
    expect(Buffer.concat(received).toString()).toBe('one two')
  })

  it('fails if the transport ends without close_notify (RFC 9846 §6.1)', async () => {
    const { client, server } = await opened(provider)
    const failed = once(client, 'error')
    server.on('error', () => {})
    server.socket.end()
    expect(await failed).toMatchObject([{ code: 'ERR_TLS_TRUNCATED', blame: 'transport' }])
    expect(client.destroyed).toBe(true)
  })

  it('fails if the transport is reset', async () => {
    const { client, server } = await opened(provider)
    const failed = once(client, 'error')
    server.on('error', () => {})
    server.socket.resetAndDestroy()
    expect(await failed).toMatchObject([{ blame: 'transport' }])
  })

  it('tells who waits for a write that it failed', async () => {
    const { client, server } = await opened(provider)
    client.on('error', () => {})
    server.on('error', () => {})
    server.pause()
    const written = new Promise((resolve) => client.write(Buffer.alloc(2 ** 26), resolve))
    setTimeout(() => server.socket.resetAndDestroy(), 50)
    expect(await written).toBeInstanceOf(Error)
  })

  it('that is destroyed looks to the peer like what it is, and never like a good end (RFC 9846 §6.1)', async () => {
    const { client, server } = await opened(provider)
    const failed = once(server, 'error')
    let ended = false
    server.on('end', () => {
      ended = true
    })
    server.resume()
    client.write('the first half')
    client.destroy()
    expect(await failed).toMatchObject([{ code: 'ERR_TLS_ALERT_RECEIVED', alert: 80 }])
    expect(ended).toBe(false)
    expect(client.listenerCount('error')).toBe(0)
  })

  it('that is destroyed where it would have ended has ended: by `for await`, which read all of it', async () => {
    const { client, server } = await opened(provider)
    client.resume()
    client.end('all of it')
    const closed = once(client, 'close') // and rejects if there is an error
    let heard = ''
    for await (const bytes of server) heard += String(bytes)
    expect([heard, server.destroyed]).toEqual(['all of it', true])
    await closed
    expect(client.readableEnded).toBe(true)
  })

  it('has of a socket what Node and its libraries ask for', async () => {
    const { client, server } = await opened(provider)
    expect(client).toMatchObject({ encrypted: true, alpnProtocol: false, connecting: false })
    expect(client.remoteAddress).toBe('127.0.0.1')
    expect([client.remotePort, client.localPort]).toEqual([server.localPort, server.remotePort])
    expect(client.localAddress).toBe(server.remoteAddress)
    expect(client.remoteFamily).toBe('IPv4')
    expect(client.address()).toMatchObject({ port: client.localPort })
    expect(client.setNoDelay(false).setKeepAlive(true, 1000).ref().unref().ref()).toBe(client)
  })

  it('emits `timeout` after a pause, once for each, and stays open', async () => {
    const { client, server } = await opened(provider)
    server.pipe(server)
    const never = vi.fn()
    client.setTimeout(20, never).setTimeout(0, never)
    expect(client.timeout).toBe(0)
    for (let i = 0; i < 2; i++) {
      const paused = vi.fn()
      const passed = once(client, 'timeout')
      client.setTimeout(20, paused)
      expect(client.timeout).toBe(20)
      await passed
      expect(paused).toHaveBeenCalledOnce()
      client.write('x')
      expect(String((await once(client, 'data')) as unknown)).toBe('x')
    }
    expect(never).not.toHaveBeenCalled()
    client.end()
  })

  it('is destroyed soon: once all of it was written, and ends in good order', async () => {
    const { client, server } = await opened(provider)
    const heard = readAll(server)
    const closed = once(client, 'close')
    client.write(Buffer.alloc(2 ** 20))
    client.destroySoon()
    expect((await heard).length).toBe(2 ** 20)
    await closed
    client.destroySoon()
  })

  it('renews keys, exports keying material, and neither before it is connected', async () => {
    const { client, server } = await opened(provider)
    const context = Uint8Array.of(1, 2)
    const [one, other] = await Promise.all([
      client.exportKeyingMaterial('EXPORTER-test', context, 32),
      server.exportKeyingMaterial('EXPORTER-test', context, 32),
    ])
    expect(one).toEqual(other)
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      await from.updateKeys()
      from.write('after')
      expect(await once(to, 'data')).toEqual([Buffer.from('after')])
    }
  })
})

describe('the transport of a TlsSocket', () => {
  it('gets each flight in one write, and sends it at once', async () => {
    const noDelay = vi.spyOn(Socket.prototype, 'setNoDelay')
    const writes: { readonly socket: Socket; readonly type: number }[] = []
    const write = Reflect.get(Socket.prototype, 'write') as (...args: unknown[]) => boolean
    vi.spyOn(Socket.prototype, 'write').mockImplementation(function spy(this: Socket, ...args: unknown[]) {
      writes.push({ socket: this, type: (args[0] as Uint8Array)[0] ?? -1 })
      return Reflect.apply(write, this, args)
    })
    const { client, server } = await opened()
    const typesOf = (socket: Socket): readonly number[] =>
      writes.filter((one) => one.socket === socket).map(({ type }) => type)
    expect(typesOf(client.socket)).toEqual([22, 20]) // ClientHello; change_cipher_spec with Finished
    expect(typesOf(server.socket)).toEqual([22]) // ServerHello to Finished
    client.write(Buffer.alloc(100_000))
    expect(typesOf(client.socket)).toEqual([22, 20, 23])
    expect(new Set(noDelay.mock.contexts)).toEqual(new Set([client.socket, server.socket]))
  })

  it('is there to be asked for addresses', async () => {
    const { client, server } = await opened()
    expect(client.socket.remotePort).toBe(server.socket.localPort)
  })
})
