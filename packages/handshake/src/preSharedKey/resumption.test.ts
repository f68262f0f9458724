import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  CipherSuite,
  earlyData,
  ExtensionType,
  hex,
  NamedGroup,
  preSharedKey,
  PskKeyExchangeMode,
  pskKeyExchangeModes,
  readExtension,
  writeExtension,
} from '@mortise/wire'
import { altering, bodyOf, nameOf, refusalOf, withExtension, withoutExtension } from '../fixtures/alter.ts'
import {
  codeOf,
  infoOf,
  makeCredential,
  parties,
  provider,
  trusting,
  type Parties,
} from '../fixtures/parties.ts'
import { makeWorld, sessionsOf, start, type World } from '../fixtures/resumption.ts'
import type { ClientSession, Credential } from '../index.ts'

const { psk_ke: pskKe, psk_dhe_ke: pskDheKe } = PskKeyExchangeMode
const week = 604_800

let credential: Credential
let world: World

beforeAll(async () => {
  credential = await makeCredential('server')
})

beforeEach(() => {
  world = makeWorld(credential)
})

async function session(): Promise<ClientSession> {
  const [first] = await world.visit()
  if (!first) throw new Error('no ticket came')
  return first
}

const messagesFrom = ({ actions }: Parties, role: 'client' | 'server'): readonly (string | undefined)[] =>
  actions[role].flatMap((action) => (action.kind === 'send' ? [nameOf(action.message)] : []))

describe('tickets (RFC 9846 §4.7.1)', () => {
  it('come after the handshake, several of them, each with a nonce and a key of its own', async () => {
    const sessions = await world.visit()
    expect(sessions).toHaveLength(2)
    expect(new Set(sessions.map(({ key }) => hex(key))).size).toBe(2)
    expect(new Set(sessions.map(({ ageAdd }) => ageAdd)).size).toBe(2)
    expect(sessions[0]).toMatchObject({
      serverName: 'example.org',
      createdAt: start,
      lifetime: 86_400,
      maxEarlyDataSize: 0,
      peer: { certificates: credential.certificates },
    })
    expect([...world.stored.values()].map(({ key }) => hex(key))).toEqual(sessions.map(({ key }) => hex(key)))
  })

  it('as many as the server likes, of the lifetime that it likes', async () => {
    const tickets = { ...world.tickets, count: 3, lifetime: 60 }
    expect((await world.visit({}, { tickets })).map(({ lifetime }) => lifetime)).toEqual([60, 60, 60])
    expect(await world.visit({}, { tickets: { ...tickets, count: 0 } })).toEqual([])
  })

  it('none for a client that can’t use them (RFC 9846 §4.3.9)', async () => {
    const pair = world.pair({ acceptTickets: false })
    await pair.shakeHands()
    expect(messagesFrom(pair, 'server')).not.toContain('NewSessionTicket')
  })

  it('none of a server without a clock', async () => {
    const pair = parties(
      { verifier: trusting(credential), acceptTickets: true, now: () => start },
      { credentials: [credential], tickets: world.tickets },
    )
    await pair.shakeHands()
    expect(messagesFrom(pair, 'server')).not.toContain('NewSessionTicket')
  })

  it('of more than seven days are kept for seven', async () => {
    const pair = world.pair(
      {},
      {},
      altering('NewSessionTicket', (body) => ({ ...body, ticketLifetime: week + 1 })),
    )
    await pair.shakeHands()
    expect(sessionsOf(pair).map(({ lifetime }) => lifetime)).toEqual([week, week])
  })

  it('of no lifetime are not kept', async () => {
    const pair = world.pair(
      {},
      {},
      altering('NewSessionTicket', (body) => ({ ...body, ticketLifetime: 0 })),
    )
    await pair.shakeHands()
    expect(sessionsOf(pair)).toEqual([])
  })

  it('of a flood, 16 are kept', async () => {
    const pair = world.pair({}, { tickets: { ...world.tickets, count: 30 } })
    await pair.shakeHands()
    expect(sessionsOf(pair)).toHaveLength(16)
  })

  it.each([
    [
      'twice the same extension',
      'ERR_TLS_DUPLICATE_EXTENSION',
      [
        writeExtension(earlyData, 'newSessionTicket', { maxEarlyDataSize: 1 }),
        writeExtension(earlyData, 'newSessionTicket', { maxEarlyDataSize: 1 }),
      ],
    ],
    [
      'early_data that does not parse',
      'ERR_TLS_DECODE',
      [{ extensionType: earlyData.type, extensionData: Uint8Array.of(1) }],
    ],
    [
      'an extension of another message',
      'ERR_TLS_EXTENSION_NOT_ALLOWED',
      [{ extensionType: ExtensionType.server_name, extensionData: new Uint8Array(0) }],
    ],
  ] as const)('with %s are refused', async (_, code, extensions) => {
    const pair = world.pair(
      {},
      {},
      altering('NewSessionTicket', (body) => ({ ...body, extensions })),
    )
    expect(await refusalOf(pair)).toMatchObject({ by: 'client', code })
  })
})

describe('a session is resumed', () => {
  it('without certificates, with those of its first connection (RFC 9846 §2.2)', async () => {
    const pair = world.pair({ sessions: [await session()] })
    await pair.shakeHands()
    expect(messagesFrom(pair, 'server')).not.toContain('Certificate')
    for (const role of ['client', 'server'] as const)
      expect(infoOf(pair, role)).toMatchObject({ resumed: true, preSharedKeyIdentity: undefined })
    expect(infoOf(pair, 'client')).toMatchObject({
      group: provider.groups[0]?.group,
      peer: { certificates: credential.certificates },
    })
    expect(sessionsOf(pair)).toHaveLength(2)
  })

  it('without a key exchange, if both take psk_ke (RFC 9846 §4.3.9)', async () => {
    const modes = { pskKeyExchangeModes: [pskKe, pskDheKe] }
    const pair = world.pair({ sessions: [await session()], ...modes }, modes)
    await pair.shakeHands()
    expect(infoOf(pair, 'client')).toMatchObject({ resumed: true, group: undefined })
    const one = world.pair({ sessions: [await session()], ...modes })
    await one.shakeHands()
    expect(infoOf(one, 'client')).toMatchObject({ resumed: true, group: provider.groups[0]?.group })
  })

  it('not at all if they have no mode in common', async () => {
    const pair = world.pair({ sessions: [await session()], pskKeyExchangeModes: [pskKe] })
    await pair.shakeHands()
    expect(infoOf(pair, 'client')).toMatchObject({ resumed: false })
  })

  it('after a HelloRetryRequest, with a binder over all of it (RFC 9846 §4.3.11.2)', async () => {
    const pair = world.pair(
      { sessions: [await session()], keyShares: [NamedGroup.x25519] },
      { groups: [NamedGroup.secp256r1] },
    )
    await pair.shakeHands()
    expect(infoOf(pair, 'server')).toMatchObject({ resumed: true, helloRetryRequest: true })
  })

  it('with another cipher suite of its hash (RFC 9846 §4.3.11)', async () => {
    const { TLS_AES_128_GCM_SHA256: aes, TLS_CHACHA20_POLY1305_SHA256: chacha } = CipherSuite
    const [made] = await world.visit({ cipherSuites: [aes] })
    const pair = world.pair({ sessions: made ? [made] : [], cipherSuites: [chacha] })
    await pair.shakeHands()
    expect(infoOf(pair, 'client')).toMatchObject({ resumed: true, cipherSuite: chacha })
  })

  it('the second of several, if the server does not know the first', async () => {
    const [first, second] = await world.visit()
    if (!first || !second) throw new Error('too few tickets')
    world.stored.delete(hex(first.ticket))
    const pair = world.pair({ sessions: [first, second] })
    await pair.shakeHands()
    expect(infoOf(pair, 'client').resumed).toBe(true)
  })
})

describe('a full handshake takes its place', () => {
  it.each<[string, (made: ClientSession) => Promise<Parties>]>([
    [
      'when it is over on the server',
      async (made) => {
        world.time += 86_400_000
        return world.pair({ sessions: [{ ...made, lifetime: week }] })
      },
    ],
    ['when it is over on the client', async (made) => world.pair({ sessions: [{ ...made, createdAt: 0 }] })],
    [
      'when it comes from the future',
      async (made) => world.pair({ sessions: [{ ...made, createdAt: start + 1 }] }),
    ],
    [
      'under another name, of the client',
      async (made) => world.pair({ sessions: [made], serverName: 'other.org' }),
    ],
    [
      'under another name, of the server',
      async (made) =>
        world.pair({ sessions: [{ ...made, serverName: 'other.org' }], serverName: 'other.org' }),
    ],
    [
      'under another context of the client',
      async (made) => world.pair({ sessions: [made], sessionContext: 'x' }),
    ],
    [
      'under another context of the server',
      async (made) => world.pair({ sessions: [made] }, { sessionContext: 'x' }),
    ],
    [
      'when the server takes no tickets',
      async (made) =>
        world.pair(
          { sessions: [made] },
          { tickets: { issue: () => new Uint8Array(1), redeem: () => undefined } },
        ),
    ],
  ])('%s', async (_, make) => {
    const pair = await make(await session())
    await pair.shakeHands()
    expect(infoOf(pair, 'client').resumed).toBe(false)
    expect(infoOf(pair, 'server').resumed).toBe(false)
    expect(messagesFrom(pair, 'server')).toContain('Certificate')
  })
})

it('a session is not offered when its hash is not wanted any more', async () => {
  const [made] = await world.visit({ cipherSuites: [CipherSuite.TLS_AES_128_GCM_SHA256] })
  const cipherSuites = [CipherSuite.TLS_AES_256_GCM_SHA384]
  const pair = world.pair({ sessions: made ? [made] : [], cipherSuites })
  await pair.shakeHands()
  expect(infoOf(pair, 'client').resumed).toBe(false)
})

describe('pre_shared_key in a ClientHello is refused by the server', () => {
  const offered = async (edit: Parameters<typeof altering<'ClientHello'>>[1]): Promise<unknown> =>
    refusalOf(world.pair({ sessions: [await session()] }, {}, altering('ClientHello', edit)))

  it('with a wrong binder, with decrypt_error (RFC 9846 §4.3.11)', async () => {
    const edited = offered((body) => {
      const psk = readExtension(body.extensions, preSharedKey, 'clientHello')
      if (!psk) throw new Error('no key was offered')
      const binders = psk.binders.map((binder) => binder.toReversed())
      return withExtension(body, writeExtension(preSharedKey, 'clientHello', { ...psk, binders }))
    })
    expect(await edited).toEqual({ by: 'server', code: 'ERR_TLS_BAD_BINDER', alert: 'decrypt_error' })
  })

  it('when the ClientHello was changed that the binder covers', async () => {
    expect(await offered((body) => ({ ...body, random: body.random.toReversed() }))).toMatchObject({
      code: 'ERR_TLS_BAD_BINDER',
    })
  })

  it('without psk_key_exchange_modes (RFC 9846 §4.3.9)', async () => {
    expect(await offered((body) => withoutExtension(body, pskKeyExchangeModes.type))).toMatchObject({
      code: 'ERR_TLS_MISSING_EXTENSION',
    })
  })

  it('when it is not the last extension (RFC 9846 §4.3.11)', async () => {
    expect(await offered((body) => ({ ...body, extensions: body.extensions.toReversed() }))).toEqual({
      by: 'server',
      code: 'ERR_TLS_PSK_NOT_LAST',
      alert: 'illegal_parameter',
    })
  })

  it('with fewer binders than identities (RFC 9846 §4.3.11)', async () => {
    const edited = offered((body) => {
      const psk = readExtension(body.extensions, preSharedKey, 'clientHello')
      const [identity] = psk?.identities ?? []
      if (!psk || !identity) throw new Error('no key was offered')
      return withExtension(
        body,
        writeExtension(preSharedKey, 'clientHello', { ...psk, identities: [identity, identity] }),
      )
    })
    expect(await edited).toMatchObject({ by: 'server', code: 'ERR_TLS_ILLEGAL_PARAMETER' })
  })

  it('when it is gone from the second ClientHello (RFC 9846 §4.2.2)', async () => {
    const pair = world.pair(
      { sessions: [await session()], keyShares: [NamedGroup.x25519] },
      { groups: [NamedGroup.secp256r1] },
      altering('ClientHello', (body) => withoutExtension(body, preSharedKey.type), 1),
    )
    expect(await refusalOf(pair)).toMatchObject({ by: 'server', code: 'ERR_TLS_MISSING_EXTENSION' })
  })
})

describe('the client refuses a ServerHello', () => {
  const answered = async (
    edit: Parameters<typeof altering<'ServerHello'>>[1],
    options: Partial<Parameters<World['pair']>[0]> = {},
    serverOptions: Partial<Parameters<World['pair']>[1]> = {},
  ): Promise<unknown> =>
    refusalOf(
      world.pair(
        { sessions: [await session()], ...options },
        { ...serverOptions },
        altering('ServerHello', edit),
      ),
    )
  const selecting = (selectedIdentity: number): ReturnType<typeof writeExtension> =>
    writeExtension(preSharedKey, 'serverHello', { selectedIdentity })

  it('that selects a key that was not offered (RFC 9846 §4.3.11)', async () => {
    expect(await answered((body) => withExtension(body, selecting(1)))).toEqual({
      by: 'client',
      code: 'ERR_TLS_WRONG_PSK',
      alert: 'illegal_parameter',
    })
  })

  it('that selects a key of another hash than the suite’s (RFC 9846 §4.3.11)', async () => {
    const other = CipherSuite.TLS_AES_256_GCM_SHA384
    const [made] = await world.visit({ cipherSuites: [CipherSuite.TLS_AES_128_GCM_SHA256] })
    expect(
      await answered((body) => ({ ...body, cipherSuite: other }), { sessions: made ? [made] : [] }),
    ).toMatchObject({ by: 'client', code: 'ERR_TLS_WRONG_PSK' })
  })

  it('in a mode that was not offered: without a share, or with one (RFC 9846 §4.3.9)', async () => {
    expect(await answered((body) => withoutExtension(body, ExtensionType.key_share))).toMatchObject({
      by: 'client',
      code: 'ERR_TLS_ILLEGAL_PARAMETER',
    })
    const modes = { pskKeyExchangeModes: [pskKe] }
    const share = await firstShare(world.pair({ sessions: [await session()] }))
    expect(await answered((body) => withExtension(body, share), modes, modes)).toMatchObject({
      by: 'client',
      code: 'ERR_TLS_ILLEGAL_PARAMETER',
    })
  })

  it('with neither a share nor a key (RFC 9846 §4.2.3)', async () => {
    expect(
      await answered((body) =>
        withoutExtension(withoutExtension(body, ExtensionType.key_share), preSharedKey.type),
      ),
    ).toEqual({ by: 'client', code: 'ERR_TLS_MISSING_EXTENSION', alert: 'missing_extension' })
  })
})

/** The key_share of a pair's ServerHello. */
async function firstShare(pair: Parties): Promise<{ extensionType: number; extensionData: Uint8Array }> {
  await pair.shakeHands()
  const message = pair.actions.server.flatMap((action) =>
    action.kind === 'send' && nameOf(action.message) === 'ServerHello' ? [action.message] : [],
  )[0]
  const share =
    message &&
    bodyOf('ServerHello', message).extensions.find(
      ({ extensionType }) => extensionType === ExtensionType.key_share,
    )
  if (!share) throw new Error('no key_share')
  return share
}

it('a store that fails fails the handshake, and nothing but TlsError comes of it', async () => {
  const redeem = (): Promise<never> => Promise.reject(new Error('gone'))
  const pair = world.pair({ sessions: [await session()] }, { tickets: { ...world.tickets, redeem } })
  expect(await codeOf(pair.shakeHands())).toBe('ERR_TLS_INTERNAL')
})
