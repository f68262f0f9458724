import { nodeCrypto } from '@mortise/crypto-node'
import { memorySessions, memoryTickets } from '@mortise/tls'
import { expect, it } from 'vitest'
import { connectedPair } from './connectedPair.ts'

const provider = nodeCrypto()
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

it('connects, carries data both ways, and closes', async () => {
  const { client, server, settle } = await connectedPair({
    provider,
    server: { alpn: ['h2'] },
    client: { alpn: ['h2'] },
  })
  expect([client.error(), server.error()]).toEqual([undefined, undefined])
  expect(client.info()).toMatchObject({ alpn: 'h2', serverName: 'localhost' })
  expect(server.info()?.cipherSuite).toBe(client.info()?.cipherSuite)
  await client.connection.write(new TextEncoder().encode('ping'))
  await server.connection.write(new TextEncoder().encode('pong'))
  await settle()
  expect([text(server.received()), text(client.received())]).toEqual(['ping', 'pong'])
  await client.connection.close()
  await server.connection.close()
  await settle()
  expect([client.peerClosed(), server.peerClosed(), client.connection.closed]).toEqual([true, true, true])
})

it('keeps what went wrong', async () => {
  const { client, server } = await connectedPair({ provider, client: { serverName: 'elsewhere.test' } })
  expect(client.error()).toMatchObject({ code: 'ERR_TLS_CERTIFICATE_NAME' })
  expect(server.error()).toMatchObject({ code: 'ERR_TLS_ALERT_RECEIVED' })
})

it('lets what is under way be changed', async () => {
  let records = 0
  const { client } = await connectedPair({
    provider,
    wire: (from, bytes) => {
      if (from === 'server' && records++ === 0) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
      return bytes
    },
  })
  expect(client.error()).toMatchObject({ code: 'ERR_TLS_BAD_RECORD_MAC' })
})

it('collects sessions', async () => {
  const { client } = await connectedPair({
    provider,
    server: { tickets: { store: memoryTickets(provider), count: 2 } },
    client: { sessions: memorySessions() },
  })
  expect(client.sessions).toHaveLength(2)
})
