/** What the core offers to who wants to see, or to come between. */
import type { Aead, SigningProvider } from '@mortise/crypto'
import { nodeCrypto } from '@mortise/crypto-node'
import { webcrypto } from '@mortise/crypto-webcrypto'
import { connectedPair, link, testAuthority } from '@mortise/testing'
import {
  clientConnection,
  createConnection,
  serverConnectionOptions,
  type Connection,
  type ConnectionEvents,
} from '@mortise/tls/core'
import { HandshakeType } from '@mortise/wire'
import { describe, expect, it, vi } from 'vitest'

const provider = nodeCrypto()
const now = (): number => Date.UTC(2026, 0, 1)
const silent: Omit<ConnectionEvents, 'send'> = {
  connected: () => {},
  data: () => {},
  peerClosed: () => {},
  failed: () => {},
}

describe('Connection.state', () => {
  it('is the one of the handshake', async () => {
    const { client, server } = await connectedPair({ provider })
    expect([client.connection.state, server.connection.state]).toEqual(['Connected', 'Connected'])
  })

  it('names the state that met each message, and the one that a failure has met', async () => {
    const { client, states } = await withoutCertificate()
    expect(states).toEqual(['ExpectServerHello', 'ExpectEncryptedExtensions', 'ExpectCertificateOrRequest'])
    expect(client.error?.code).toBe('ERR_TLS_UNEXPECTED_MESSAGE')
    expect(client.state).toBe('ExpectCertificateOrRequest')
  })
})

describe('Connection.closed', () => {
  it('is not there before our own close_notify is out, though the peer’s has come (RFC 9846 §6.1)', async () => {
    let gate = Promise.resolve()
    const { aeads } = webcrypto()
    const slow: SigningProvider = { ...provider, aeads: aeads.map((aead) => behind(() => gate, aead)) }
    const { client, server, settle } = await connectedPair({ provider, client: { provider: slow } })
    let open = (): void => {}
    gate = new Promise((resolve) => {
      open = resolve
    })
    const closing = client.connection.close()
    await server.connection.close()
    const settling = settle() // which waits for the gate as well
    await vi.waitFor(() => expect(client.peerClosed()).toBe(true))
    expect(client.connection.closed).toBe(false)
    open()
    await Promise.all([closing, settling])
    expect(client.connection.closed).toBe(true)
    await settle()
    expect([server.connection.closed, server.error()]).toEqual([true, undefined])
  })
})

/** An asynchronous AEAD that seals once `gate` opens. */
function behind(gate: () => Promise<void>, aead: Aead): Aead {
  return {
    ...aead,
    key: async (secret) => {
      const key = await aead.key(secret)
      if (key.sync) throw new Error('synchronous')
      return {
        ...key,
        seal: async (...record) => {
          await gate()
          return key.seal(...record)
        },
      }
    },
  }
}

/** A server whose handshake somebody came between: its Certificate stays behind. */
async function withoutCertificate(): Promise<{ client: Connection; states: readonly string[] }> {
  const authority = await testAuthority(provider, now())
  const joined = link(() => ({ left: client, right: server }))
  const states: string[] = []
  const client: Connection = await clientConnection(
    { provider, now, serverName: 'localhost', anchors: [authority.certificate] },
    {
      ...silent,
      send: joined.toRight,
      trace: ({ direction, kind }) => {
        if (direction === 'received' && kind === 'handshake') states.push(client.state)
      },
    },
  )
  const { handshake, ...options } = await serverConnectionOptions(
    { provider, now, credentials: [await authority.issue(['localhost'])] },
    { ...silent, send: joined.toLeft },
  )
  const server = createConnection({
    ...options,
    handshake: {
      ...handshake,
      receive: async (...message) =>
        (await handshake.receive(...message)).filter(
          (action) => action.kind !== 'send' || action.message[0] !== HandshakeType.certificate,
        ),
    },
  })
  await server.start()
  await client.start()
  await joined.settle()
  return { client, states }
}
