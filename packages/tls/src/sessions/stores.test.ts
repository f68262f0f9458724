import { describe, expect, it } from 'vitest'
import type { ClientSession, ServerSession } from '@mortise/handshake'
import { memoryReplayGuard } from './replayGuard.ts'
import { decodeClientSession, decodeServerSession, encodeSession } from './sessionCodec.ts'
import { memorySessions } from './sessionStore.ts'
import { memoryTickets } from './ticketStore.ts'

const session: ServerSession = {
  key: new Uint8Array(48).fill(7),
  hash: 'sha384',
  cipherSuite: 0x1302,
  serverName: 'bücher.example',
  alpn: 'h2\u00ff',
  peer: { publicKey: Uint8Array.of(1, 2), certificates: [Uint8Array.of(3), Uint8Array.of(4, 5)] },
  peerSignatureScheme: 0x0403,
  lifetime: 604_800,
  ageAdd: 0xffff_ffff,
  createdAt: 1_700_000_000_000,
  maxEarlyDataSize: 16_384,
  context: 'require abc',
}
const client: ClientSession = { ...session, ticket: Uint8Array.of(9, 9) }
const bare: ServerSession = {
  ...session,
  hash: 'sha256',
  serverName: undefined,
  alpn: undefined,
  peer: undefined,
  peerSignatureScheme: undefined,
  context: '',
}

describe('sessions as bytes', () => {
  it('are what they were, with everything and with nothing', () => {
    for (const item of [session, bare]) {
      expect(decodeServerSession(encodeSession(item))).toEqual(item)
      const mine = { ...item, ticket: Uint8Array.of(1) }
      expect(decodeClientSession(encodeSession(mine))).toEqual(mine)
    }
  })

  it('keep nothing of what a verifier had to say', () => {
    const told = {
      ...client,
      peer: {
        ...(session.peer ?? { publicKey: new Uint8Array(0), certificates: [] }),
        details: { path: [] },
      },
    }
    expect(decodeClientSession(encodeSession(told))).toEqual(client)
  })

  it('of one side are not those of the other', () => {
    expect(decodeServerSession(encodeSession(client))).toBeUndefined()
    expect(decodeClientSession(encodeSession(session))).toBeUndefined()
  })

  it('that are cut off, prolonged, or of another version or hash are none', () => {
    const bytes = encodeSession(client)
    for (let length = 0; length < bytes.length; length++)
      expect(decodeClientSession(bytes.subarray(0, length))).toBeUndefined()
    expect(decodeClientSession(Uint8Array.from([...bytes, 0]))).toBeUndefined()
    expect(decodeClientSession(bytes.with(0, 2))).toBeUndefined()
    // version, ticket, key: each with its length
    const hashAt = 1 + 2 + client.ticket.length + 1 + client.key.length
    expect(decodeClientSession(bytes.with(hashAt, 3))).toBeUndefined()
  })

  it('are copies', () => {
    const bytes = encodeSession(client)
    const decoded = decodeClientSession(bytes)
    bytes.fill(0)
    expect(decoded).toEqual(client)
  })
})

describe('memorySessions', () => {
  it('hands each session out once, the latest first', () => {
    const store = memorySessions()
    for (const ageAdd of [1, 2, 3]) void store.put('a', { ...client, ageAdd })
    expect([store.take('a'), store.take('a'), store.take('a'), store.take('a')]).toEqual([
      { ...client, ageAdd: 3 },
      { ...client, ageAdd: 2 },
      { ...client, ageAdd: 1 },
      undefined,
    ])
    expect(store.take('nobody')).toBeUndefined()
  })

  it('has room for so many, of each key and of all', () => {
    const store = memorySessions({ maxKeys: 2, maxPerKey: 1 })
    for (const name of ['a', 'a', 'b', 'c']) void store.put(name, { ...client, serverName: name })
    expect(store.take('a')).toBeUndefined()
    expect(store.take('b')).toMatchObject({ serverName: 'b' })
    expect(store.take('b')).toBeUndefined()
    expect(store.take('c')).toMatchObject({ serverName: 'c' })
  })
})

describe('memoryTickets', () => {
  let drawn = 0
  const random = (length: number): Uint8Array => new Uint8Array(length).fill(++drawn)

  it('names sessions by 32 random bytes, and hands each out once', async () => {
    const store = memoryTickets({ random })
    const ticket = await store.issue(session)
    expect(ticket).toHaveLength(32)
    expect(await store.redeem(ticket.with(0, 255))).toBeUndefined()
    expect(await store.redeem(new Uint8Array(0))).toBeUndefined()
    expect(await store.redeem(ticket)).toEqual(session)
    expect(await store.redeem(ticket)).toBeUndefined()
  })

  it('or again and again, if it is told to; the oldest makes room', async () => {
    const store = memoryTickets({ random }, { maxSessions: 2, singleUse: false })
    const tickets = [await store.issue(session), await store.issue(bare), await store.issue(session)]
    for (let i = 0; i < 2; i++)
      expect(tickets.map((ticket) => store.redeem(ticket))).toEqual([undefined, bare, session])
  })
})

describe('memoryReplayGuard (RFC 9846 §8.2)', () => {
  it('says yes once, until an id has expired', () => {
    let time = 0
    const guard = memoryReplayGuard({ now: () => time })
    const id = Uint8Array.of(1)
    expect([guard.isFirstUse(id, 100), guard.isFirstUse(id, 100)]).toEqual([true, false])
    time = 99
    expect(guard.isFirstUse(id, 200)).toBe(false)
    time = 100
    expect(guard.isFirstUse(id, 200)).toBe(true)
  })

  it('says no when it is full, rather than forget, and yes again when some have expired', () => {
    let time = 0
    const guard = memoryReplayGuard({ maxEntries: 2, now: () => time })
    const ask = (id: number): unknown => guard.isFirstUse(Uint8Array.of(id), time + 10)
    expect([ask(1), ask(2), ask(3)]).toEqual([true, true, false])
    time = 10
    expect([ask(3), ask(1)]).toEqual([true, true])
  })
})
