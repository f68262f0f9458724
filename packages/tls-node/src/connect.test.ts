import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectSocket, createServer as createSocketServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { externalPreSharedKeys } from '@mortise/tls'
import { listening, plainServer, preSharedKey, serverFor } from './fixtures/sockets.ts'
import { connect, systemRoots, type ConnectOptions, type TlsSocket } from './index.ts'

const provider = nodeCrypto()
const preSharedKeys = externalPreSharedKeys([preSharedKey])
const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

async function server(): Promise<number> {
  const listener = serverFor(provider)
  listener.on('secureConnection', (tls: TlsSocket) => {
    tls.on('error', () => {})
    tls.pipe(tls)
  })
  cleanups.push(() => listener.close())
  return listening(listener)
}

async function silent(): Promise<number> {
  const { port, close } = await plainServer((socket) => socket.resume())
  cleanups.push(close)
  return port
}

const failureOf = async (options: ConnectOptions): Promise<unknown> =>
  ((await once(connect(options), 'error')) as unknown[])[0]

describe('connect', () => {
  it('connects to host and port, and calls back', async () => {
    const port = await server()
    await new Promise<void>((resolve) => {
      const tls = connect({ port, preSharedKeys }, resolve)
      cleanups.push(() => tls.destroy())
    })
  })

  it.each(['connected', 'connecting'])('takes a socket that is %s', async (state) => {
    const socket = connectSocket(await server(), '127.0.0.1')
    if (state === 'connected') await once(socket, 'connect')
    const tls = connect({ socket, preSharedKeys })
    cleanups.push(() => tls.destroy())
    tls.write('hello') // before the handshake
    expect(await once(tls, 'data')).toEqual([Buffer.from('hello')])
    expect(tls.info?.serverName).toBeUndefined()
  })

  it('leaves alone what a socket of somebody else has taken, which may keep it', async () => {
    const socket = connectSocket(await server(), '127.0.0.1')
    const kept: { readonly bytes: Uint8Array; readonly atFirst: Buffer }[] = []
    const write = socket.write.bind(socket) as (...args: readonly unknown[]) => boolean
    socket.write = (...args: readonly unknown[]): boolean => {
      const bytes = args[0] as Uint8Array
      kept.push({ bytes, atFirst: Buffer.from(bytes) })
      return write(...args)
    }
    const tls = connect({ socket, preSharedKeys })
    cleanups.push(() => tls.destroy())
    let received = 0
    tls.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (received === 640_000) tls.end()
    })
    await once(tls, 'secureConnect')
    for (let i = 0; i < 10; i++) await new Promise((taken) => tls.write(randomBytes(64_000), taken))
    await once(tls, 'close')
    expect(kept.length).toBeGreaterThan(10)
    for (const { bytes, atFirst } of kept) expect(atFirst.equals(bytes)).toBe(true)
  })

  it('has no info and does nothing before it is connected', async () => {
    const tls = connect({ port: await silent(), preSharedKeys })
    tls.on('error', () => {})
    cleanups.push(() => tls.destroy())
    expect(tls.info).toBeUndefined()
    const refused = { code: 'ERR_TLS_NOT_CONNECTED' }
    await expect(tls.updateKeys()).rejects.toMatchObject(refused)
    await expect(tls.requestClientCertificate()).rejects.toMatchObject(refused)
    await expect(tls.exportKeyingMaterial('x', new Uint8Array(0), 1)).rejects.toMatchObject(refused)
    await expect(tls.channelBinding('tls-exporter')).rejects.toMatchObject(refused)
  })

  it('throws without a place to connect to', () => {
    expect(() => connect({ preSharedKeys })).toThrow('a port or a socket is needed')
  })

  it('fails where nobody listens', async () => {
    const listener = createSocketServer()
    const port = await listening(listener)
    listener.close()
    await once(listener, 'close')
    const error = await failureOf({ port, host: '127.0.0.1', preSharedKeys })
    expect(error).toMatchObject({
      code: 'ERR_TLS_TRANSPORT',
      blame: 'transport',
      cause: { code: 'ECONNREFUSED' },
    })
  })

  it('fails for options that it does not know', async () => {
    const options = { port: await silent(), preSharedKeys, rejectUnauthorized: false }
    expect(await failureOf(options)).toMatchObject({ code: 'ERR_TLS_CONFIG', blame: 'local' })
  })

  it('fails when the handshake takes too long', async () => {
    const port = await silent()
    expect(await failureOf({ port, preSharedKeys, handshakeTimeout: 30 })).toMatchObject({
      code: 'ERR_TLS_HANDSHAKE_TIMEOUT',
    })
  })

  it.each(['before', 'during', 'after'])('is given up by a signal %s the handshake', async (when) => {
    const port = when === 'after' ? await server() : await silent()
    const controller = new AbortController()
    if (when === 'before') controller.abort(new Error('enough'))
    const tls = connect({ port, preSharedKeys, signal: controller.signal })
    const failed = once(tls, 'error')
    if (when === 'during') setTimeout(() => controller.abort(new Error('enough')), 30)
    if (when === 'after') tls.once('secureConnect', () => controller.abort(new Error('enough')))
    expect(await failed).toMatchObject([{ code: 'ERR_TLS_ABORTED', cause: { message: 'enough' } }])
  })

  it('is connecting until its socket is connected, and says so before it is secure', async () => {
    const tls = connect({ port: await server(), preSharedKeys })
    cleanups.push(() => tls.destroy())
    const events: string[] = []
    for (const event of ['connect', 'secureConnect']) tls.on(event, () => events.push(event))
    expect(tls.connecting).toBe(true)
    await once(tls, 'connect')
    expect([tls.connecting, tls.info]).toEqual([false, undefined])
    await once(tls, 'secureConnect')
    expect(events).toEqual(['connect', 'secureConnect'])
  })

  it('closes its socket when it is destroyed before the handshake', async () => {
    const port = await silent()
    const tls = connect({ port, preSharedKeys })
    tls.destroy()
    await once(tls, 'close')
    await once(tls.socket, 'close')
  })
})

describe('systemRoots', () => {
  it('are DER certificates, read once', () => {
    const roots = systemRoots()
    expect(roots.length).toBeGreaterThan(10)
    for (const der of roots) expect(der[0]).toBe(0x30)
    expect(systemRoots()).toBe(roots)
  })
})
