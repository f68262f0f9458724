import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { earlyData, hex, NamedGroup, preSharedKey, readExtension, writeExtension } from '@mortise/wire'
import { altering, refusalOf, withExtension, withoutExtension, type Alter } from '../fixtures/alter.ts'
import { codeOf, infoOf, makeCredential, type ClientPartyOptions, type Parties } from '../fixtures/parties.ts'
import { makeWorld, start, type World } from '../fixtures/resumption.ts'
import type { ClientSession, Credential, EarlyDataOptions, HandshakeAction, ServerOptions } from '../index.ts'

let credential: Credential
let world: World
let asked: { readonly id: string; readonly expiresAt: number }[]

beforeAll(async () => {
  credential = await makeCredential('server')
})

beforeEach(() => {
  world = makeWorld(credential)
  asked = []
})

/** Takes what it sees for the first time. */
const guard: EarlyDataOptions['isFirstUse'] = async (id, expiresAt) => {
  const fresh = !asked.some((item) => item.id === hex(id))
  asked.push({ id: hex(id), expiresAt })
  return fresh
}

const taking = (more: Partial<EarlyDataOptions> = {}): Partial<ServerOptions> => ({
  alpn: ['h2', 'http/1.1'],
  tickets: { ...world.tickets, earlyData: { maxSize: 1000, isFirstUse: guard, ...more } },
})

async function session(options: Partial<ClientPartyOptions> = {}): Promise<ClientSession> {
  const [made] = await world.visit({ alpn: ['h2'], ...options }, taking())
  if (!made) throw new Error('no ticket came')
  return made
}

const offering = (
  made: ClientSession,
  more: Partial<ClientPartyOptions> = {},
): Partial<ClientPartyOptions> => ({
  alpn: ['h2'],
  sessions: [made],
  earlyData: true,
  ...more,
})

/** What became of early data, as each side says it. */
async function fate(pair: Parties): Promise<readonly (boolean | undefined)[]> {
  await pair.shakeHands()
  return (['client', 'server'] as const).map((role) => {
    const decided = pair.actions[role].find(({ kind }) => kind === 'earlyData')
    return decided?.kind === 'earlyData' ? decided.accepted : undefined
  })
}

const kindsOf = (actions: readonly HandshakeAction[]): readonly string[] =>
  actions.map((action) => ('level' in action ? `${action.kind} ${action.level}` : action.kind))

describe('early data (RFC 9846 §4.3.10)', () => {
  it('is taken, ends with EndOfEarlyData, and changes keys on both sides in order (RFC 9846 §4.6)', async () => {
    const made = await session()
    expect(made.maxEarlyDataSize).toBe(1000)
    const pair = world.pair(offering(made), taking())
    expect(await fate(pair)).toEqual([true, true])
    expect(infoOf(pair, 'client').earlyData).toBe(true)
    expect(infoOf(pair, 'server').earlyData).toBe(true)
    expect(kindsOf(pair.actions.client).filter((kind) => !/keyLog|Spec/i.test(kind))).toEqual([
      'send initial',
      'installWriteKeys early',
      'offerEarlyData',
      'installReadKeys handshake',
      'earlyData',
      'installReadKeys application',
      'send early',
      'installWriteKeys handshake',
      'send handshake',
      'installWriteKeys application',
      'complete',
      'newSession',
      'newSession',
    ])
    expect(pair.actions.server).toContainEqual(
      expect.objectContaining({ kind: 'installReadKeys', level: 'early', maxEarlyData: 1000 }),
    )
  })

  it('has exporters of its own, the same on both sides (RFC 9846 §7.5)', async () => {
    const pair = world.pair(offering(await session()), taking())
    const of = (role: 'client' | 'server'): Promise<Uint8Array> =>
      pair[role].exportEarlyKeyingMaterial('EXPERIMENTAL x', Uint8Array.of(1), 40)
    expect(await codeOf(of('client'))).toBe('ERR_TLS_NOT_CONNECTED')
    const start0 = await pair.client.start()
    const early = await of('client')
    pair.take('client', start0)
    await pair.deliver()
    expect(early).toHaveLength(40)
    expect(await of('server')).toEqual(early)
    expect(await of('client')).toEqual(early)
    expect(await pair.client.exportKeyingMaterial('EXPERIMENTAL x', Uint8Array.of(1), 40)).not.toEqual(early)
    pair.client.destroy()
    expect(await codeOf(of('client'))).toBe('ERR_TLS_NOT_CONNECTED')
  })

  it('is asked for once with each ClientHello, until it would be stale anyway (RFC 9846 §8.2)', async () => {
    const made = await session()
    await world.pair(offering(made), taking()).shakeHands()
    await world.pair(offering(made), taking({ window: 2000 })).shakeHands()
    expect(asked).toHaveLength(2)
    expect(new Set(asked.map(({ id }) => id)).size).toBe(2)
    expect(asked.map(({ expiresAt }) => expiresAt - start)).toEqual([20_000, 4000])
  })

  it('is not asked for if it can not be taken', async () => {
    const pair = world.pair(offering(await session()), { ...taking(), alpn: ['http/1.1'] })
    expect(await codeOf(pair.shakeHands())).toBe('ERR_TLS_NO_APPLICATION_PROTOCOL')
    expect(asked).toEqual([])
  })
})

describe('early data is not offered', () => {
  it.each<[string, (made: ClientSession) => Partial<ClientPartyOptions>]>([
    ['unless the owner wants it', (made) => offering(made, { earlyData: false })],
    ['with a session that does not allow it', (made) => offering({ ...made, maxEarlyDataSize: 0 })],
    ['with a protocol that the session did not have', (made) => offering(made, { alpn: ['http/1.1'] })],
    [
      'without the session’s cipher suite',
      (made) => offering({ ...made, cipherSuite: 0x1301, hash: 'sha256' }, { cipherSuites: [0x1303] }),
    ],
  ])('%s', async (_, options) => {
    const pair = world.pair(options(await session()), taking())
    expect(await fate(pair)).toEqual([undefined, undefined])
  })
})

describe('early data is refused, and the handshake goes on (RFC 9846 §4.3.10)', () => {
  const refused = async (
    options: Partial<ClientPartyOptions>,
    server: Partial<ServerOptions> = taking(),
  ): Promise<void> => {
    const pair = world.pair(options, server)
    expect(await fate(pair)).toEqual([false, false])
    expect(infoOf(pair, 'client').earlyData).toBe(false)
    expect(await codeOf(pair.client.exportEarlyKeyingMaterial('x', new Uint8Array(0), 1))).toBe(
      'ERR_TLS_NOT_CONNECTED',
    )
  }

  it('by a server that takes none', async () => {
    await refused(offering(await session()), { alpn: ['h2'] })
  })

  it('by a guard that has seen it, or that fails', async () => {
    await refused(offering(await session()), taking({ isFirstUse: () => false }))
  })

  it.each([10_001, -10_001])('when the ticket’s age is off by %i ms (RFC 9846 §8.3)', async (by) => {
    const made = await session()
    const { createdAt } = made
    world.time += 20_000
    await refused(offering({ ...made, createdAt: createdAt - by }))
    expect(asked).toEqual([])
  })

  it.each([10_000, -10_000])('not yet when it is off by %i ms', async (by) => {
    const made = await session()
    world.time += 20_000
    expect(await fate(world.pair(offering({ ...made, createdAt: made.createdAt - by }), taking()))).toEqual([
      true,
      true,
    ])
  })

  it('with another key than the first', async () => {
    const [first, second] = await world.visit({ alpn: ['h2'] }, taking())
    if (!first || !second) throw new Error('too few tickets')
    world.stored.delete(hex(first.ticket))
    await refused(offering(first, { sessions: [first, second] }))
  })

  it('when another protocol is agreed on than the session’s', async () => {
    await refused(offering(await session(), { alpn: ['http/1.1', 'h2'] }), {
      ...taking(),
      alpn: ['http/1.1', 'h2'],
    })
  })

  it('with another cipher suite than the session’s', async () => {
    const made = await session({ cipherSuites: [0x1301] })
    await refused(offering(made, { cipherSuites: [0x1303, 0x1301] }), { ...taking(), preference: 'client' })
  })

  it('by a HelloRetryRequest; it is not offered again (RFC 9846 §4.2.2)', async () => {
    await refused(offering(await session(), { keyShares: [NamedGroup.x25519] }), {
      ...taking(),
      groups: [NamedGroup.secp256r1],
    })
  })

  it('when the session is over', async () => {
    const made = await session()
    world.stored.clear()
    const pair = world.pair(offering(made), taking())
    expect(await fate(pair)).toEqual([false, false])
    expect(infoOf(pair, 'client').resumed).toBe(false)
  })
})

describe('the client refuses early data that was accepted (RFC 9846 §4.3.10)', () => {
  const accepting: Alter = altering('EncryptedExtensions', (body) =>
    withExtension(body, { extensionType: earlyData.type, extensionData: new Uint8Array(0) }),
  )

  it('though it has offered none', async () => {
    const pair = world.pair(offering(await session(), { earlyData: false }), taking(), accepting)
    expect(await refusalOf(pair)).toMatchObject({ by: 'client', code: 'ERR_TLS_UNSOLICITED_EXTENSION' })
  })

  it('with another key than the first, or none', async () => {
    const [first, second] = await world.visit({ alpn: ['h2'] }, taking())
    if (!first || !second) throw new Error('too few tickets')
    world.stored.delete(hex(first.ticket))
    const expected = {
      by: 'client',
      code: 'ERR_TLS_EARLY_DATA_NOT_ALLOWED',
      alert: 'illegal_parameter',
    }
    const other = world.pair(offering(first, { sessions: [first, second] }), taking(), accepting)
    expect(await refusalOf(other)).toEqual(expected)
    world.stored.clear()
    const none = world.pair(offering(first), taking(), accepting)
    expect(await refusalOf(none)).toEqual(expected)
  })
})

describe('the server refuses', () => {
  it('early data in the second ClientHello (RFC 9846 §4.3.10)', async () => {
    const again = altering(
      'ClientHello',
      (body) => {
        const psk = readExtension(body.extensions, preSharedKey, 'clientHello')
        const rest = withoutExtension(body, preSharedKey.type)
        const { extensions } = withExtension(rest, {
          extensionType: earlyData.type,
          extensionData: new Uint8Array(0),
        })
        return psk
          ? { ...body, extensions: [...extensions, writeExtension(preSharedKey, 'clientHello', psk)] }
          : { ...body, extensions }
      },
      1,
    )
    const pair = world.pair(
      offering(await session(), { keyShares: [NamedGroup.x25519] }),
      { ...taking(), groups: [NamedGroup.secp256r1] },
      again,
    )
    expect(await refusalOf(pair)).toEqual({
      by: 'server',
      code: 'ERR_TLS_CLIENT_HELLO_CHANGED',
      alert: 'illegal_parameter',
    })
  })
})
