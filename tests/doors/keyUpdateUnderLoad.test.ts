/** Story: a connection that lives for long: keys are renewed while both sides talk, before they wear out (RFC 9846 §4.7.3, §5.5). */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { link, testAuthority } from '@mortise/testing'
import { accept, connect, type TlsConnection } from '@mortise/tls'
import {
  clientConnectionOptions,
  createConnection,
  serverConnectionOptions,
  type Connection,
  type ConnectionEvents,
} from '@mortise/tls/core'
import { HandshakeType } from '@mortise/wire'
import { pipes } from './transports.ts'

const webcrypto = await detectWebcrypto()

describe.each([nodeCrypto(), noble(), webcrypto])('keys that are renewed under load, $name', (provider) => {
  it('in both directions at once, asked for and not, with nothing lost', async () => {
    const authority = await testAuthority(provider, Date.now())
    const [near, far] = pipes()
    const ends = await Promise.all([
      connect(near, { provider, serverName: 'localhost', anchors: [authority.certificate] }),
      accept(far, { provider, credentials: [await authority.issue(['localhost'])] }),
    ])
    const [sent, heard] = await Promise.all([
      Promise.all(ends.map((end, i) => talk(end, i))),
      Promise.all(ends.map(({ readable }) => hashOf(readable))),
    ])
    expect(heard).toEqual(sent.toReversed())
  })
})

/** Writes in pieces of all sizes, renews its keys again and again, and answers with the hash of what it wrote. */
async function talk(end: TlsConnection, salt: number): Promise<string> {
  const hash = createHash('sha256')
  const writer = end.writable.getWriter()
  for (let i = 0; i < 120; i++) {
    const piece = new Uint8Array(1 + ((i * 977 + salt * 31) % 5000)).fill(i)
    hash.update(piece)
    const written = writer.write(piece)
    if (i % 3 === salt) await end.updateKeys({ requestPeer: i % 2 === 0 })
    await written
  }
  await writer.close()
  return hash.digest('hex')
}

async function hashOf(readable: ReadableStream<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of readable) hash.update(chunk)
  return hash.digest('hex')
}

it('keys are renewed by themselves before they have protected too many records (RFC 9846 §5.5)', async () => {
  const provider = nodeCrypto()
  const now = (): number => Date.UTC(2026, 0, 1)
  const authority = await testAuthority(provider, now())
  const updates = { sent: 0, received: 0 }
  let failed: unknown
  let arrived = 0
  const joined = link(() => ({ left: client, right: server }))
  const events = (send: (bytes: Uint8Array) => void): ConnectionEvents => ({
    send,
    connected: () => {},
    data: ({ length }) => {
      arrived += length
    },
    peerClosed: () => {},
    failed: (error) => {
      failed = error
    },
  })
  const ours = await clientConnectionOptions(
    {
      provider,
      now,
      serverName: 'localhost',
      anchors: [authority.certificate],
      trace: ({ direction, kind, bytes }) => {
        if (kind === 'handshake' && bytes[0] === HandshakeType.key_update) updates[direction]++
      },
    },
    events((bytes) => joined.toRight(bytes)),
  )
  const client: Connection = createConnection({ ...ours, writer: { ...ours.writer, maxRecords: 8 } })
  const theirs = await serverConnectionOptions(
    { provider, now, credentials: [await authority.issue(['localhost'])] },
    events((bytes) => joined.toLeft(bytes)),
  )
  const server: Connection = createConnection(theirs)
  await Promise.all([client.start(), server.start()])
  await joined.settle()
  for (let i = 0; i < 100; i++) {
    await client.write(Uint8Array.of(i))
    await joined.settle()
  }
  expect(failed).toBeUndefined()
  expect(arrived).toBe(100)
  // Eight records at most, the KeyUpdate among them
  expect(updates.sent).toBeGreaterThanOrEqual(100 / 8)
  expect(updates.received).toBe(0)
})
