/** Post-handshake authentication (RFC 9846 §4.7.2) as owners of connections see it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import {
  accept,
  clientCredentials,
  connect,
  type ConnectOptions,
  type Credential,
  type ServerOptions,
  type TlsConnection,
} from '@mortise/tls'
import { pipes, readAll } from './transports.ts'

const provider = nodeCrypto()
let authority: TestAuthority
let server: Credential
let client: Credential

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  server = await authority.issue(['localhost'])
  client = await authority.issue(['alice'])
})

const later = { postHandshake: true }

async function open(
  clientOptions: Partial<ConnectOptions>,
  serverOptions: Partial<ServerOptions> = {
    clientAuthentication: { mode: 'none', anchors: [authority.certificate] },
  },
): Promise<readonly [TlsConnection, TlsConnection]> {
  const [near, far] = pipes()
  const both = await Promise.all([
    connect(near, {
      provider,
      serverName: 'localhost',
      anchors: [authority.certificate],
      credentials: clientCredentials([], later),
      ...clientOptions,
    }),
    accept(far, {
      provider,
      credentials: [server],
      ...serverOptions,
    }),
  ])
  void readAll(both[0].readable).catch(() => {})
  void readAll(both[1].readable).catch(() => {})
  return both
}

async function end(...both: readonly TlsConnection[]): Promise<void> {
  await Promise.all(both.map((connection) => connection.close()))
}

describe('requestClientCertificate', () => {
  it('answers with the client, and the connection tells of it from then on', async () => {
    const [near, far] = await open({ credentials: clientCredentials([client], later) })
    expect(far.info.peer).toBeUndefined()
    const peer = await far.requestClientCertificate()
    expect(peer?.certificates).toEqual(client.certificates)
    expect(peer?.path).toHaveLength(2)
    expect(far.info.peer).toBe(peer)
    await end(near, far)
  })

  it('answers with nobody if the client has no certificate', async () => {
    const [near, far] = await open({})
    expect(await far.requestClientCertificate()).toBeUndefined()
    expect(far.info.peer).toBeUndefined()
    await end(near, far)
  })

  it.each<[string, ...Parameters<typeof open>]>([
    ['the client did not offer it', { credentials: clientCredentials([]) }],
    ['nobody is there to verify', {}, {}],
  ])('is refused if %s', async (_, ...options) => {
    const [near, far] = await open(...options)
    await expect(far.requestClientCertificate()).rejects.toMatchObject({
      code: 'ERR_TLS_CLIENT_CAN_NOT_BE_ASKED',
    })
    await end(near, far)
  })

  it('fails with the connection if the client is not trusted', async () => {
    // Another authority of the same name
    const stranger = await (await testAuthority(provider, Date.now(), 'p521')).issue(['mallory'])
    const [near, far] = await open({ credentials: clientCredentials([stranger], later) })
    await expect(far.requestClientCertificate()).rejects.toMatchObject({ code: 'ERR_TLS_BAD_CERTIFICATE' })
    await expect(near.closed).rejects.toMatchObject({ code: 'ERR_TLS_ALERT_RECEIVED' })
  })

  it('is over when the client says close_notify, since nothing more can come from it', async () => {
    const [near, far] = await open({ credentials: clientCredentials([client], later) })
    const [answer] = [far.requestClientCertificate(), near.writable.close()]
    await expect(answer).rejects.toMatchObject({ code: 'ERR_TLS_CLOSED' })
    await expect(far.requestClientCertificate()).rejects.toMatchObject({ code: 'ERR_TLS_CLOSED' })
    await end(near, far)
  })

  it('is a question of servers', async () => {
    const [near, far] = await open({})
    await expect(near.requestClientCertificate()).rejects.toMatchObject({
      code: 'ERR_TLS_CLIENT_CAN_NOT_BE_ASKED',
    })
    await end(near, far)
  })
})
