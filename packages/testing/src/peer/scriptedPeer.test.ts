import { nodeCrypto } from '@mortise/crypto-node'
import { createClientHandshake, createServerHandshake } from '@mortise/handshake'
import { clientConnection, type Connection } from '@mortise/tls/core'
import { concat, HandshakeType as H, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { beforeAll, expect, it } from 'vitest'
import { testAuthority, type TestAuthority } from '../certificates/testAuthority.ts'
import { link } from '../pair/link.ts'
import { changedClientHello } from './clientHello.ts'
import { dropMessage, inFlight } from './edits.ts'
import { scriptedPeer, type ScriptedPeer, type ScriptedPeerOptions } from './scriptedPeer.ts'

const provider = nodeCrypto()
const now = (): number => Date.UTC(2026, 0, 1)
let authority: TestAuthority

beforeAll(async () => {
  authority = await testAuthority(provider, now())
})

interface Met {
  readonly peer: ScriptedPeer
  readonly client: Connection
  readonly received: () => Uint8Array
  readonly settle: () => Promise<void>
}

/** A scripted server, and a client of ours. */
async function met(options: Partial<ScriptedPeerOptions> = {}): Promise<Met> {
  const joined = link(() => ({ left: client, right: peer }))
  const data: Uint8Array[] = []
  const client = await clientConnection(
    { provider, now, anchors: [authority.certificate], serverName: 'localhost' },
    {
      send: joined.toRight,
      connected: () => {},
      data: (bytes) => {
        data.push(bytes)
      },
      peerClosed: () => {},
      failed: () => {},
    },
  )
  const credentials = [await authority.issue(['localhost'])]
  const handshake = createServerHandshake({ provider, now, credentials })
  const peer = scriptedPeer({ handshake, send: joined.toLeft, ...options })
  await peer.start()
  await client.start()
  await joined.settle()
  return { peer, client, received: () => concat(...data), settle: joined.settle }
}

it('is an honest peer where nothing else is asked for', async () => {
  const { peer, client, received, settle } = await met()
  expect([client.error, peer.failure, client.info?.serverName]).toEqual([undefined, undefined, 'localhost'])
  expect(peer.info?.cipherSuite).toBe(client.info?.cipherSuite)
  expect(peer.told.map(({ kind }) => kind)).toContain('complete')
  await peer.perform({ kind: 'record', type: 23, content: Uint8Array.of(1, 2) })
  await client.write(Uint8Array.of(3, 4))
  await settle()
  expect([...received()]).toEqual([1, 2])
  expect(peer.heard.at(-1)).toEqual({
    kind: 'applicationData',
    epoch: 'application',
    bytes: Uint8Array.of(3, 4),
  })
})

it('leaves out what it is told to, and hears the alert', async () => {
  const { peer, client } = await met({ edit: dropMessage(H.certificate_verify) })
  expect(client.error).toMatchObject({ code: 'ERR_TLS_UNEXPECTED_MESSAGE' })
  expect(peer.heard.at(-1)).toEqual({ kind: 'alert', epoch: 'handshake', bytes: Uint8Array.of(2, 10) })
})

it('counts the flights that it writes, for edits before and after encryption', async () => {
  const seen: (readonly [number, number])[] = []
  const { client } = await met({
    edit: inFlight(1, () => []),
    editBytes: (bytes, flight) => {
      seen.push([flight, bytes.length])
      return bytes
    },
  })
  expect(client.error).toBeUndefined()
  expect(seen.map(([flight]) => flight)).toEqual([0])
  const broken = await met({
    editBytes: (bytes) => bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte)),
  })
  expect(broken.client.error).toMatchObject({ code: 'ERR_TLS_BAD_RECORD_MAC' })
})

it('cuts handshake messages into records as small as it is told', async () => {
  const { client } = await met({ maxContent: 1 })
  expect([client.error, client.info?.serverName]).toEqual([undefined, 'localhost'])
})

it('updates its keys in its own way', async () => {
  const { peer, client, received, settle } = await met()
  await peer.perform(...(await peer.keyUpdate(true)))
  await peer.perform({ kind: 'record', type: 23, content: Uint8Array.of(5) })
  await settle()
  expect([client.error, ...received()]).toEqual([undefined, 5])
  // The answer is due before the client's next data (RFC 9846 §4.7.3)
  await client.write(Uint8Array.of(6))
  await settle()
  expect(peer.heard.slice(-2)).toEqual([
    { kind: 'handshake', epoch: 'application', bytes: Uint8Array.of(H.key_update, 0, 0, 1, 0) },
    { kind: 'applicationData', epoch: 'application', bytes: Uint8Array.of(6) },
  ])
})

it('listens on when its handshake has failed', async () => {
  const joined: Uint8Array[] = []
  const verifier = {
    verify: () => {
      throw new TlsError(faults.ERR_TLS_UNKNOWN_CA)
    },
  }
  const peer = scriptedPeer({
    handshake: createClientHandshake({ provider, verifier }),
    send: (bytes) => {
      joined.push(bytes)
    },
  })
  await peer.start()
  await peer.receive(Uint8Array.of(22, 3, 3, 0, 4, 99, 0, 0, 0, 21, 3, 3, 0, 2, 2, 40))
  expect(peer.failure).toMatchObject({ code: 'ERR_TLS_UNEXPECTED_MESSAGE' })
  expect(peer.heard.map(({ kind }) => kind)).toEqual(['handshake', 'alert'])
  expect(joined).toHaveLength(1)
})

it('sends a ClientHello of one’s own, and takes it for its own', async () => {
  const { publicKey } = (await authority.issue(['localhost'])).key
  const credentials = [await authority.issue(['localhost'])]
  const verifier = { verify: () => ({ publicKey, certificates: [] }) }
  const joined = link(() => ({ left: client, right: server }))
  const client = scriptedPeer({
    handshake: createClientHandshake(
      { provider, verifier },
      changedClientHello(({ extensions }) => ({
        extensions: [{ extensionType: 0xfff0, extensionData: Uint8Array.of(1) }, ...extensions],
      })),
    ),
    send: joined.toRight,
  })
  const server = scriptedPeer({
    handshake: createServerHandshake({ provider, credentials }),
    send: joined.toLeft,
  })
  await server.start()
  await client.start()
  await joined.settle()
  expect([client.failure, server.failure]).toEqual([undefined, undefined])
  expect(client.info?.cipherSuite).toBe(server.info?.cipherSuite)
  expect(server.heard[0]?.bytes.join()).toContain('255,240,0,1,1')
})
