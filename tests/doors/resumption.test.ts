import { beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import {
  accept,
  clientCredentials,
  connect,
  decodeClientSession,
  encodeSession,
  memoryReplayGuard,
  memorySessions,
  memoryTickets,
  sealedTickets,
  unsafeAcceptAny,
  type ClientSession,
  type ConnectOptions,
  type Credential,
  type ReplayGuard,
  type ServerOptions,
  storedSessions,
  type ClientSessions,
  type SessionStore,
  type TlsConnection,
} from '@mortise/tls'
import { pipes, readAll, recorded, send } from './transports.ts'

const provider = nodeCrypto()
let authority: TestAuthority
let credential: Credential
let anchors: ConnectOptions['anchors'] & object

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  credential = await authority.issue(['localhost', 'other'])
  anchors = [authority.certificate]
})

/** A connection that carries a byte from the server, so that its tickets have come. */
async function visit(
  client: Partial<ConnectOptions>,
  server: Partial<ServerOptions>,
): Promise<readonly [TlsConnection, TlsConnection]> {
  const [near, far] = pipes()
  const both = await Promise.all([
    connect(near, { provider, serverName: 'localhost', anchors, ...client }),
    accept(far, { provider, credentials: [credential], ...server }),
  ])
  void send(both[1].writable, Uint8Array.of(1))
  await readAll(both[0].readable)
  await both[0].close()
  return both
}

const key = (fill: number) => ({ name: new Uint8Array(16).fill(fill), key: new Uint8Array(32).fill(fill) })

describe.each([
  ['sealed', () => sealedTickets(provider, { current: key(1) })],
  ['in memory', () => memoryTickets(provider)],
])('tickets %s', (_, makeStore) => {
  it('resume a connection, with the identities of the first', async () => {
    const sessions = memorySessions()
    const tickets = { store: makeStore() }
    await visit({ sessions }, { tickets })
    const [client, server] = await visit({ sessions }, { tickets })
    expect(client.info.resumed).toBe(true)
    expect(server.info.resumed).toBe(true)
    expect(client.info.peer?.certificates).toEqual(credential.certificates)
  })

  it('are not resumed under another name, or under other trust', async () => {
    const kept: ClientSession[] = []
    const sessions = storedSessions({
      take: () => kept.at(-1),
      put: (_key, session) => void kept.push(session),
    })
    const tickets = { store: makeStore() }
    await visit({ sessions }, { tickets })
    const [other] = await visit({ sessions, serverName: 'other' }, { tickets })
    expect(other.info.resumed).toBe(false)
    const { anchors: none, ...trust } = { anchors: undefined, verifier: unsafeAcceptAny() }
    expect(none).toBeUndefined()
    const [near, far] = pipes()
    const [lax] = await Promise.all([
      connect(near, { provider, serverName: 'localhost', sessions, ...trust }),
      accept(far, { provider, credentials: [credential], tickets }),
    ])
    expect(lax.info.resumed).toBe(false)
  })

  it('of a client that showed nothing do not stand for one that has to', async () => {
    const sessions = memorySessions()
    const tickets = { store: makeStore() }
    await visit({ sessions }, { tickets })
    const own = await authority.issue(['client'], 'ed25519')
    const clientAuthentication = { mode: 'require', anchors } as const
    const [, first] = await visit(
      { sessions, credentials: clientCredentials([own]) },
      { tickets, clientAuthentication },
    )
    expect(first.info).toMatchObject({ resumed: false })
    const [, second] = await visit(
      { sessions, credentials: clientCredentials([own]) },
      { tickets, clientAuthentication },
    )
    expect(second.info).toMatchObject({ resumed: true })
    expect(second.info.peer?.certificates).toEqual(own.certificates)
  })
})

describe('ticket keys', () => {
  it('rotate: old tickets open while their key is known, and give a full handshake after', async () => {
    let keys = { current: key(1), previous: [] as ReturnType<typeof key>[] }
    const tickets = { store: sealedTickets(provider, () => keys) }
    const sessions = memorySessions()
    await visit({ sessions }, { tickets })
    keys = { current: key(2), previous: [key(1)] }
    expect((await visit({ sessions }, { tickets }))[0].info.resumed).toBe(true)
    keys = { current: key(3), previous: [] }
    expect((await visit({ sessions }, { tickets }))[0].info.resumed).toBe(false)
  })

  it.each([
    [1, 15_000, true],
    [1, 17_000, false],
    [2, 35_000, false],
  ])(
    'of clients with %i × %i bytes of issuers come back, or are not sent',
    async (count, length, resumed) => {
      const tickets = { store: sealedTickets(provider, { current: key(1) }) }
      const own = await authority.issue(['client'], 'ed25519')
      const issuers = Array.from({ length: count }, () => new Uint8Array(length))
      const heavy = { ...own, certificates: [...own.certificates, ...issuers] }
      const clientAuthentication = { mode: 'require', anchors } as const
      const sessions = memorySessions()
      for (const expected of [false, resumed]) {
        const [, server] = await visit(
          { sessions, credentials: clientCredentials([heavy]) },
          { tickets, clientAuthentication },
        )
        expect(server.info).toMatchObject({ resumed: expected })
        expect(server.info.peer?.certificates).toEqual(heavy.certificates)
      }
    },
  )

  it('open nothing that was forged', async () => {
    const store = sealedTickets(provider, { current: key(1) })
    const kept: ClientSession[] = []
    await visit(
      {
        sessions: storedSessions({ take: () => undefined, put: (_key, session) => void kept.push(session) }),
      },
      { tickets: { store } },
    )
    const ticket = kept[0]?.ticket ?? new Uint8Array(0)
    expect(await store.redeem(ticket)).toBeDefined()
    for (let i = 0; i < ticket.length; i++) {
      const forged = ticket.slice()
      forged[i] = (forged[i] ?? 0) ^ 1
      expect(await store.redeem(forged)).toBeUndefined()
    }
    expect(await store.redeem(ticket.subarray(0, 20))).toBeUndefined()
    expect(() =>
      sealedTickets(provider, { current: { name: new Uint8Array(1), key: new Uint8Array(32) } }),
    ).toThrow(expect.objectContaining({ code: 'ERR_TLS_CONFIG' }))
  })
})

describe('sessions', () => {
  it('survive being stored', async () => {
    const stored = new Map<string, Uint8Array>()
    const sessions = storedSessions({
      take: (name) => {
        const bytes = stored.get(name)
        stored.delete(name)
        return bytes && decodeClientSession(bytes)
      },
      put: (name, session) => void stored.set(name, encodeSession(session)),
    })
    const tickets = { store: memoryTickets(provider) }
    await visit({ sessions, alpn: ['h2'] }, { tickets, alpn: ['h2'] })
    const [client] = await visit({ sessions, alpn: ['h2'] }, { tickets, alpn: ['h2'] })
    expect(client.info).toMatchObject({ resumed: true, alpn: 'h2' })
    const [bytes = new Uint8Array(0)] = stored.values()
    expect(decodeClientSession(bytes.subarray(1))).toBeUndefined()
    expect(decodeClientSession(Uint8Array.of(2, ...bytes.subarray(1)))).toBeUndefined()
  })

  it('may be kept by an object with methods of a class', async () => {
    class Latest implements SessionStore {
      #session: ClientSession | undefined
      take(): ClientSession | undefined {
        return this.#session
      }
      put(_: string, session: ClientSession): void {
        this.#session = session
      }
    }
    const sessions = storedSessions(new Latest())
    const tickets = { store: memoryTickets(provider) }
    await visit({ sessions }, { tickets })
    expect((await visit({ sessions }, { tickets }))[0].info.resumed).toBe(true)
  })

  it('that can not be kept cost a resumption, and those that can not be had the connection', async () => {
    const failing = (): Promise<never> => Promise.reject(new Error('out of order'))
    const tickets = { store: memoryTickets(provider) }
    const sessions = storedSessions({ take: () => undefined, put: failing })
    for (let times = 0; times < 2; times++)
      expect((await visit({ sessions }, { tickets }))[0].info.resumed).toBe(false)
    const [near] = pipes()
    const none = storedSessions({ take: failing, put: () => {} })
    await expect(
      connect(near, { provider, serverName: 'localhost', anchors, sessions: none }),
    ).rejects.toMatchObject({ code: 'ERR_TLS_INTERNAL', detail: 'the session store failed' })
  })

  it.each<[string, object]>([
    ['a store as it is', { sessions: { take: () => undefined, put: () => {} } }],
    ['a store as it is, and early data', { sessions: new Map(), earlyData: () => {} }],
    ['a list of keys', { preSharedKeys: [] }],
    ['a list of credentials', { credentials: [] }],
    ['a list of compression algorithms', { certificateCompression: [] }],
  ])('that JavaScript gives in another form are refused: %s', async (_, wrong) => {
    const [near] = pipes()
    await expect(
      connect(near, { provider, serverName: 'localhost', anchors, ...wrong }),
    ).rejects.toMatchObject({ code: 'ERR_TLS_CONFIG' })
  })

  it('in memory are bounded, and each is handed out once, the latest first', () => {
    const store = memorySessions({ maxKeys: 2, maxPerKey: 2 })
    const session = (ageAdd: number) => ({ ageAdd }) as ClientSession
    for (const age of [1, 2, 3]) void store.put('a', session(age))
    void store.put('b', session(4))
    void store.put('c', session(5))
    expect([store.take('a'), store.take('b'), store.take('b'), store.take('c')]).toEqual([
      undefined,
      session(4),
      undefined,
      session(5),
    ])
  })
})

describe('early data (RFC 9846 §4.3.10, §8)', () => {
  const early = (replayGuard: ReplayGuard) => ({
    tickets: {
      store: sealedTickets(provider, { current: key(1) }),
      earlyData: { maxSize: 1000, replayGuard },
    },
  })

  it('reaches a reader of its own, as far as the server takes it', async () => {
    const sessions = memorySessions()
    const server = early(memoryReplayGuard())
    await visit({ sessions }, server)
    const outcome: unknown[] = []
    const [client, accepted] = await visit(
      {
        sessions,
        earlyData: async ({ write, accepted: answer, maxSize }) => {
          outcome.push(
            maxSize,
            await write(new Uint8Array(1200)),
            await write(Uint8Array.of(1)),
            await answer,
          )
        },
      },
      server,
    )
    expect(client.info.earlyData).toBe(true)
    expect(outcome).toEqual([1000, 1000, 0, true])
    expect(accepted.earlyData && (await readAll(accepted.earlyData))).toHaveLength(1000)
  })

  it('has exporters, until it is rejected (RFC 9846 §7.5)', async () => {
    const sessions = memorySessions()
    const server = early(memoryReplayGuard())
    await visit({ sessions }, server)
    const exported: (Uint8Array | string)[] = []
    const label = ['EXPERIMENTAL x', Uint8Array.of(1), 16] as const
    const earlyData: ConnectOptions['earlyData'] = async ({ exportKeyingMaterial, accepted }) => {
      exported.push(await exportKeyingMaterial(...label))
      await accepted
      exported.push(await exportKeyingMaterial(...label).catch(({ code }: { code: string }) => code))
    }
    const [near, far] = pipes()
    const [client, accepted] = await Promise.all([
      connect(near, { provider, serverName: 'localhost', anchors, sessions, earlyData }),
      accept(far, { provider, credentials: [credential], ...server }),
    ])
    expect(exported).toEqual([exported[0], exported[0]])
    expect(exported[0]).toHaveLength(16)
    expect(await accepted.exportEarlyKeyingMaterial(...label)).toEqual(exported[0])
    expect(await client.exportEarlyKeyingMaterial(...label)).toEqual(exported[0])
    await visit({ sessions, earlyData }, early({ isFirstUse: () => false }))
    expect(exported.at(-1)).toBe('ERR_TLS_NOT_CONNECTED')
  })

  it('is refused to who does not ask for it, and is lost then', async () => {
    const sessions = memorySessions()
    await visit({ sessions }, early(memoryReplayGuard()))
    const answers: boolean[] = []
    const [client, server] = await visit(
      {
        sessions,
        earlyData: async ({ write, accepted }) => {
          await write(Uint8Array.of(1, 2, 3))
          answers.push(await accepted)
        },
      },
      early({ isFirstUse: () => Promise.reject(new Error('the store is down')) }),
    )
    expect(answers).toEqual([false])
    expect([client.info.earlyData, server.earlyData, client.info.resumed]).toEqual([false, undefined, true])
  })

  it.each([
    ['is refused', {}],
    ['meets a HelloRetryRequest', { keyShares: [] }],
  ])('as much as tickets allow is skipped when it %s (RFC 9846 §4.3.10)', async (_, client) => {
    const sessions = memorySessions()
    const refusing = (isFirstUse: ReplayGuard['isFirstUse']): Partial<ServerOptions> => {
      const { tickets } = early({ isFirstUse })
      return { tickets: { ...tickets, earlyData: { ...tickets.earlyData, maxSize: 100_000 } } }
    }
    await visit(
      { sessions },
      refusing(() => true),
    )
    const written: number[] = []
    const [connected] = await visit(
      {
        ...client,
        sessions,
        earlyData: async ({ write }) => {
          for (let i = 0; i < 20; i++) written.push(await write(new Uint8Array(5000)))
        },
      },
      refusing(() => false),
    )
    expect(connected.info).toMatchObject({ resumed: true, earlyData: false })
    expect(Math.max(...written)).toBe(5000)
  })

  it.each([
    ['in memory', memoryReplayGuard()],
    ['that answers late', lateGuard()],
  ])('is taken once though its flight is sent 100 times in parallel, by a guard %s', async (_, guard) => {
    const sessions = memorySessions()
    const server = early(guard)
    await visit({ sessions }, server)
    const flight = await recordFlight(sessions)
    const accepted = await Promise.all(Array.from({ length: 100 }, () => replay(flight, server)))
    expect(accepted.filter(Boolean)).toHaveLength(1)
  })
})

/** A guard with a round trip, as to a store over the network. */
function lateGuard(): ReplayGuard {
  const guard = memoryReplayGuard()
  return {
    isFirstUse: async (id, expiresAt) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return guard.isFirstUse(id, expiresAt)
    },
  }
}

/** What a client sends before it has an answer: ClientHello and early data. */
async function recordFlight(sessions: ClientSessions): Promise<Uint8Array> {
  const { stream, sent } = recorded(pipes()[0])
  const controller = new AbortController()
  await connect(stream, {
    provider,
    serverName: 'localhost',
    anchors,
    sessions,
    signal: controller.signal,
    earlyData: async ({ write }) => {
      await write(Uint8Array.of(42))
      await new Promise((resolve) => setTimeout(resolve, 20))
      controller.abort()
    },
  }).catch(() => {})
  return new Uint8Array(Buffer.concat(sent.slice(0, -1))) // without the farewell
}

/** Whether a server that is sent a recorded flight takes early data of it. */
async function replay(flight: Uint8Array, server: Partial<ServerOptions>): Promise<boolean> {
  const trace: string[] = []
  const readable = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(flight.slice())
      controller.close()
    },
  })
  const attempt = accept(
    { readable, writable: new WritableStream() },
    {
      provider,
      credentials: [credential],
      ...server,
      trace: ({ direction, kind, level }) => trace.push(`${direction} ${kind} ${level}`),
    },
  )
  await attempt.catch(() => {})
  return trace.includes('received applicationData early')
}
