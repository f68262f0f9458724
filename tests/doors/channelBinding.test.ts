/** Story: SCRAM over TLS, bound to the connection (RFC 5056, RFC 9266, RFC 5929). */
import { createHash, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import {
  accept,
  channelBinding,
  clientCredentials,
  connect,
  loadRawPublicKey,
  memorySessions,
  memoryTickets,
  unsafeAcceptAny,
  type ChannelBindingType,
  type ConnectOptions,
  type Credential,
  type ServerOptions,
  type ServerOptionsByClientHello,
  type TlsConnection,
  type TlsError,
} from '@mortise/tls'
import { connect as connectSocket, createServer, type TlsSocket } from '@mortise/tls-node'
import { pipes, readAll, send } from './transports.ts'

const provider = nodeCrypto()
const empty = new Uint8Array(0)
let authority: TestAuthority
let credential: Credential

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  credential = await authority.issue(['localhost'])
})

async function pair(
  client: Partial<ConnectOptions> = {},
  server: Partial<ServerOptions> = {},
): Promise<readonly [TlsConnection, TlsConnection]> {
  const [near, far] = pipes()
  return Promise.all([
    connect(near, { provider, serverName: 'localhost', verifier: unsafeAcceptAny(), ...client }),
    accept(far, { provider, credentials: [credential], ...server }),
  ])
}

const bindings = (
  ends: readonly (TlsConnection | TlsSocket)[],
  type: ChannelBindingType,
): Promise<readonly (Uint8Array | string)[]> =>
  Promise.all(
    ends.map(async (end) => {
      try {
        return await ('channelBinding' in end ? end.channelBinding(type) : channelBinding(end, type))
      } catch (error) {
        return (error as TlsError).code
      }
    }),
  )

describe('tls-exporter (RFC 9266)', () => {
  it('is the same on both sides, and another on every connection', async () => {
    const ends = await pair()
    const [near, far] = await bindings(ends, 'tls-exporter')
    expect(near).toHaveLength(32)
    expect(near).toEqual(far)
    expect(near).toEqual(await ends[0].exportKeyingMaterial('EXPORTER-Channel-Binding', empty, 32))
    expect(near).not.toEqual((await bindings(await pair(), 'tls-exporter'))[0])
  })
})

describe('tls-server-end-point (RFC 5929 §4)', () => {
  it('is the hash of the server’s certificate, by the hash of its signature', async () => {
    const expected = new Uint8Array(
      createHash('sha256')
        .update(credential.certificates[0] ?? empty)
        .digest(),
    )
    expect(await bindings(await pair(), 'tls-server-end-point')).toEqual([expected, expected])
    const by384 = await testAuthority(provider, Date.now(), 'p384')
    const other = await by384.issue(['localhost'])
    const hash = new Uint8Array(
      createHash('sha384')
        .update(other.certificates[0] ?? empty)
        .digest(),
    )
    expect(await bindings(await pair({}, { credentials: [other] }), 'tls-server-end-point')).toEqual([
      hash,
      hash,
    ])
  })

  it('is known to servers whose options are chosen by the ClientHello', async () => {
    const [near, far] = pipes()
    const [, server] = await Promise.all([
      connect(near, { provider, serverName: 'localhost', verifier: unsafeAcceptAny() }),
      accept(far, () => ({ provider, credentials: [credential] })),
    ])
    expect(await channelBinding(server, 'tls-server-end-point')).toHaveLength(32)
  })

  it('is not there without a certificate, or for one that is signed without a hash', async () => {
    const none = 'ERR_TLS_NO_CHANNEL_BINDING'
    const eddsa = await testAuthority(provider, Date.now(), 'ed25519')
    const unhashed = await pair({}, { credentials: [await eddsa.issue(['localhost'])] })
    expect(await bindings(unhashed, 'tls-server-end-point')).toEqual([none, none])
    const { privateKey } = generateKeyPairSync('ed25519')
    const pkcs8 = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }))
    const raw = await pair(
      { verifier: unsafeAcceptAny({ rawPublicKeys: 'required' }) },
      { credentials: [await loadRawPublicKey({ provider, privateKey: pkcs8 })] },
    )
    expect(await bindings(raw, 'tls-server-end-point')).toEqual([none, none])
  })

  it('of a resumed session is that of its first connection, for the client', async () => {
    const sessions = memorySessions()
    const tickets = { store: memoryTickets(provider) }
    const [client, server] = await pair({ sessions }, { tickets })
    const [first] = await bindings([client], 'tls-server-end-point')
    await send(server.writable, Uint8Array.of(1))
    await readAll(client.readable)
    const again = await pair({ sessions }, { tickets })
    expect(again[0].info.resumed).toBe(true)
    expect(await bindings(again, 'tls-server-end-point')).toEqual([first, 'ERR_TLS_NO_CHANNEL_BINDING'])
  })
})

describe('sockets', () => {
  it.each<[string, (options: ServerOptions) => ServerOptions | ServerOptionsByClientHello]>([
    ['options', (options) => options],
    ['options that are chosen by the ClientHello', (options) => () => options],
  ])('have both, on both sides; a server with %s', async (_, chosen) => {
    const server = createServer(chosen({ provider, credentials: [credential] }))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const arriving = once(server, 'secureConnection') as Promise<[TlsSocket]>
    const client = connectSocket({
      port: (server.address() as AddressInfo).port,
      host: '127.0.0.1',
      provider,
      serverName: 'localhost',
      verifier: unsafeAcceptAny(),
    })
    await once(client, 'secureConnect')
    const ends = [client, (await arriving)[0]]
    const [near, far] = await bindings(ends, 'tls-exporter')
    expect(near).toHaveLength(32)
    expect(near).toEqual(far)
    const hash = new Uint8Array(
      createHash('sha256')
        .update(credential.certificates[0] ?? empty)
        .digest(),
    )
    expect(await bindings(ends, 'tls-server-end-point')).toEqual([hash, hash])
    for (const end of ends) end.destroy()
    server.close()
  })
})

it('no other type is known', async () => {
  expect(await bindings(await pair(), 'tls-unique' as ChannelBindingType)).toEqual([
    'ERR_TLS_CONFIG',
    'ERR_TLS_CONFIG',
  ])
})

describe('a client that is asked after the handshake (RFC 9846 §4.7.2)', () => {
  it('answers, and the server’s info follows', async () => {
    const own = await authority.issue(['client'], 'ed25519')
    const [client, server] = await pair(
      { credentials: clientCredentials([own], { postHandshake: true }) },
      { clientAuthentication: { mode: 'none', anchors: [authority.certificate] } },
    )
    expect(server.info.peer).toBeUndefined()
    const reading = readAll(client.readable)
    const answer = server.requestClientCertificate()
    const incoming = readAll(server.readable)
    expect(await answer).toMatchObject({ certificates: own.certificates, path: [{}, {}] })
    expect(server.info.peer?.certificates).toEqual(own.certificates)
    expect(client.info.localCertificates).toEqual(own.certificates)
    await Promise.all([client.close(), server.close()])
    await Promise.all([reading, incoming])
  })

  it('is not asked if it does not offer that', async () => {
    const [client, server] = await pair(
      {},
      { clientAuthentication: { mode: 'none', anchors: [authority.certificate] } },
    )
    await expect(server.requestClientCertificate()).rejects.toMatchObject({
      code: 'ERR_TLS_CLIENT_CAN_NOT_BE_ASKED',
    })
    await expect(client.requestClientCertificate()).rejects.toMatchObject({
      code: 'ERR_TLS_CLIENT_CAN_NOT_BE_ASKED',
    })
  })
})
