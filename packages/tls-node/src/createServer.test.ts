import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { externalPreSharedKeys } from '@mortise/tls'
import { listening, preSharedKey, serverFor } from './fixtures/sockets.ts'
import { connect, createServer, type TlsSocket } from './index.ts'

const provider = nodeCrypto()
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

const options = { provider, credentials: [], findPreSharedKey: () => preSharedKey }

async function visit(port: number): Promise<TlsSocket> {
  const tls = connect({ port, host: '127.0.0.1', preSharedKeys: externalPreSharedKeys([preSharedKey]) })
  cleanups.push(() => tls.destroy())
  await once(tls, 'secureConnect')
  return tls
}

describe('createServer', () => {
  it.each([
    ['options', options],
    ['a function of the ClientHello', async () => options],
  ])('takes %s, and calls back for each client', async (_, given) => {
    const seen: (string | undefined)[] = []
    const server = createServer(given, (tls) => {
      tls.on('error', () => {})
      seen.push(tls.info?.protocol)
      tls.end('welcome')
    })
    cleanups.push(() => server.close())
    const port = await listening(server)
    for (const turn of [1, 2]) {
      const tls = await visit(port)
      expect(await once(tls, 'data')).toEqual([Buffer.from('welcome')])
      expect(seen).toHaveLength(turn)
    }
    expect(seen).toEqual(['TLSv1.3', 'TLSv1.3'])
  })

  it('tells of clients that did not get through, and serves the next', async () => {
    const server = serverFor(provider)
    cleanups.push(() => server.close())
    const port = await listening(server)
    server.on('secureConnection', (tls: TlsSocket) => tls.on('error', () => {}))
    for (const [bytes, code] of [
      ['GET / HTTP/1.1\r\n\r\n', 'ERR_TLS_NOT_TLS'],
      ['', 'ERR_TLS_TRUNCATED'],
    ] as const) {
      const failed = once(server, 'tlsClientError')
      const socket = connectSocket(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.resume()
      socket.end(bytes)
      const [error, tls] = (await failed) as [Error, TlsSocket]
      expect(error).toMatchObject({ code })
      expect(tls.destroyed).toBe(true)
    }
    await visit(port)
  })

  it('gives up clients that say nothing', async () => {
    const server = serverFor(provider, { handshakeTimeout: 30 })
    cleanups.push(() => server.close())
    const socket = connectSocket(await listening(server), '127.0.0.1')
    socket.on('error', () => {})
    socket.resume()
    cleanups.push(() => socket.destroy())
    expect(await once(server, 'tlsClientError')).toMatchObject([{ code: 'ERR_TLS_HANDSHAKE_TIMEOUT' }, {}])
    await once(socket, 'close')
  })

  it('fails each client while its options can not be honoured', async () => {
    const server = createServer({ ...options, honorCipherOrder: true } as typeof options)
    cleanups.push(() => server.close())
    const socket = connectSocket(await listening(server), '127.0.0.1')
    socket.on('error', () => {})
    socket.resume()
    expect(await once(server, 'tlsClientError')).toMatchObject([{ code: 'ERR_TLS_CONFIG' }, {}])
    await once(socket, 'close')
  })
})
