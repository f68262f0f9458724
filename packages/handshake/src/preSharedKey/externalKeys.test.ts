import { beforeAll, describe, expect, it } from 'vitest'
import { equalBytes, hex, NamedGroup, PskKeyExchangeMode } from '@mortise/wire'
import {
  codeOf,
  infoOf,
  makeCredential,
  parties,
  provider,
  trusting,
  type ClientPartyOptions,
  type Parties,
} from '../fixtures/parties.ts'
import { makeWorld } from '../fixtures/resumption.ts'
import {
  importPreSharedKey,
  type Credential,
  type ExternalPreSharedKey,
  type ImportablePreSharedKey,
  type ServerOptions,
} from '../index.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const known: ExternalPreSharedKey = { identity: text('sensor 7'), key: new Uint8Array(32).fill(7) }

let credential: Credential

beforeAll(async () => {
  credential = await makeCredential('server')
})

/** A lookup with a round trip, as in a database. */
const lookup =
  (...keys: readonly ExternalPreSharedKey[]): NonNullable<ServerOptions['findPreSharedKey']> =>
  async (identity) =>
    keys.find((key) => equalBytes(key.identity, identity))

function both(
  external: readonly ExternalPreSharedKey[],
  findPreSharedKey: ServerOptions['findPreSharedKey'] | undefined,
  options: Partial<ClientPartyOptions> = {},
  serverOptions: Partial<ServerOptions> = {},
): Parties {
  return parties(
    { verifier: trusting(credential), external, ...options },
    { credentials: [credential], ...(findPreSharedKey ? { findPreSharedKey } : {}), ...serverOptions },
  )
}

describe('external pre-shared keys (RFC 9846 §4.3.11)', () => {
  it('authenticate both, and say who the client is', async () => {
    const pair = both([known], lookup(known), {}, { credentials: [] })
    await pair.shakeHands()
    for (const role of ['client', 'server'] as const)
      expect(infoOf(pair, role)).toMatchObject({
        resumed: true,
        preSharedKeyIdentity: known.identity,
        peer: undefined,
        group: provider.groups[0]?.group,
      })
  })

  it('the first that the server knows is taken, of eight at most', async () => {
    const strangers = Array.from({ length: 7 }, (_, i) => ({ ...known, identity: Uint8Array.of(i) }))
    const pair = both([...strangers, known], lookup(known))
    await pair.shakeHands()
    expect(infoOf(pair, 'client').preSharedKeyIdentity).toEqual(known.identity)
    const asked: string[] = []
    const many = both([...strangers, ...strangers, known], (identity) => {
      asked.push(hex(identity))
      return undefined
    })
    await many.shakeHands()
    expect(asked).toHaveLength(8)
    expect(infoOf(many, 'client').resumed).toBe(false)
  })

  it('that nobody knows leave a handshake with certificates', async () => {
    for (const pair of [both([known], lookup()), both([known], undefined)]) {
      await pair.shakeHands()
      expect(infoOf(pair, 'client')).toMatchObject({
        resumed: false,
        peer: { certificates: credential.certificates },
      })
    }
  })

  it('with another key on either side fail with decrypt_error', async () => {
    const other = { ...known, key: new Uint8Array(32) }
    expect(await codeOf(both([known], lookup(other)).shakeHands())).toBe('ERR_TLS_BAD_BINDER')
  })

  it('are bound to their hash (RFC 9846 §4.3.11)', async () => {
    const key = { ...known, hash: 'sha384' } as const
    const pair = both([key], lookup(key))
    await pair.shakeHands()
    expect(infoOf(pair, 'client')).toMatchObject({ resumed: true, cipherSuite: 0x1302 })
    expect(await codeOf(both([known], lookup(key)).shakeHands())).toBe('ERR_TLS_BAD_BINDER')
  })

  it('do not need a key exchange with psk_ke (RFC 9846 §4.3.9)', async () => {
    const modes = { pskKeyExchangeModes: [PskKeyExchangeMode.psk_ke] }
    const pair = both([known], lookup(known), modes, modes)
    await pair.shakeHands()
    expect(infoOf(pair, 'server')).toMatchObject({ resumed: true, group: undefined })
  })

  it('with psk_ke do not even need a group in common', async () => {
    const modes = { pskKeyExchangeModes: [PskKeyExchangeMode.psk_dhe_ke, PskKeyExchangeMode.psk_ke] }
    const pair = both(
      [known],
      lookup(known),
      { ...modes, groups: [NamedGroup.x25519] },
      { ...modes, groups: [NamedGroup.secp256r1] },
    )
    await pair.shakeHands()
    expect(infoOf(pair, 'client')).toMatchObject({ resumed: true, group: undefined })
  })

  it('survive a HelloRetryRequest; those of another hash than its suite’s are dropped (RFC 9846 §4.2.2)', async () => {
    const other = { ...known, identity: text('other'), hash: 'sha384' } as const
    const pair = both(
      [other, known],
      lookup(known),
      { keyShares: [NamedGroup.x25519] },
      { groups: [NamedGroup.secp256r1] },
    )
    await pair.shakeHands()
    expect(infoOf(pair, 'server')).toMatchObject({
      helloRetryRequest: true,
      preSharedKeyIdentity: known.identity,
    })
  })

  it('come after sessions, which are preferred', async () => {
    const world = makeWorld(credential)
    const sessions = await world.visit()
    const pair = world.pair({ sessions, external: [known] }, { findPreSharedKey: lookup(known) })
    await pair.shakeHands()
    expect(infoOf(pair, 'server').preSharedKeyIdentity).toBeUndefined()
    const late = world.pair(
      { sessions, external: [known] },
      { findPreSharedKey: lookup(known), sessionContext: 'x' },
    )
    await late.shakeHands()
    expect(infoOf(late, 'server').preSharedKeyIdentity).toEqual(known.identity)
  })

  it('leave sessions behind that say who the client was by nothing but the session', async () => {
    const world = makeWorld(credential)
    const [made] = await world.visit({ external: [known] }, { findPreSharedKey: lookup(known) })
    const pair = world.pair({ sessions: made ? [made] : [] })
    await pair.shakeHands()
    expect(infoOf(pair, 'server')).toMatchObject({ resumed: true, peer: undefined })
  })
})

describe('imported pre-shared keys (RFC 9258)', () => {
  const importable: ImportablePreSharedKey = { identity: text('pump'), key: new Uint8Array(32).fill(1) }

  it('one for each hash of a cipher suite, each with an identity of its own (RFC 9258 §5.1)', async () => {
    const imported = await importPreSharedKey(provider, { ...importable, context: text('plant 4') })
    expect(imported.map(({ hash, kind }) => [hash, kind])).toEqual([
      ['sha256', 'imported'],
      ['sha384', 'imported'],
    ])
    // struct { opaque external_identity<1...2^16-1>; opaque context<0..2^16-1>; uint16 target_protocol; uint16 target_kdf; }
    expect(imported.map(({ identity }) => hex(identity))).toEqual([
      `0004${hex(text('pump'))}0007${hex(text('plant 4'))}03040001`,
      `0004${hex(text('pump'))}0007${hex(text('plant 4'))}03040002`,
    ])
    expect(imported.map(({ key }) => key.length)).toEqual([32, 48])
  })

  it('authenticate both sides', async () => {
    const keys = await importPreSharedKey(provider, importable)
    const pair = both(keys, lookup(...keys))
    await pair.shakeHands()
    expect(infoOf(pair, 'client').preSharedKeyIdentity).toEqual(keys[0]?.identity)
  })

  it('are of no use as what they were imported from: binders differ (RFC 9258 §5.2)', async () => {
    const [key] = await importPreSharedKey(provider, importable)
    if (!key) throw new Error('nothing was imported')
    expect(await codeOf(both([key], lookup({ ...key, kind: 'external' })).shakeHands())).toBe(
      'ERR_TLS_BAD_BINDER',
    )
  })

  it.each<[string, Partial<ImportablePreSharedKey>]>([
    ['another context', { context: text('x') }],
    ['another key', { key: new Uint8Array(32) }],
    ['another KDF', { hash: 'sha384' }],
  ])('are others with %s', async (_, change) => {
    const [one] = await importPreSharedKey(provider, importable)
    const [other] = await importPreSharedKey(provider, { ...importable, ...change })
    expect(hex(one?.key ?? new Uint8Array(0))).not.toBe(hex(other?.key ?? new Uint8Array(0)))
  })

  it.each<[string, Partial<ImportablePreSharedKey>]>([
    ['an identity of no bytes', { identity: new Uint8Array(0) }],
    ['an identity that is too long', { identity: new Uint8Array(65_536) }],
    ['a context that is too long', { context: new Uint8Array(65_536) }],
  ])('are not made of %s', async (_, change) => {
    expect(await codeOf(importPreSharedKey(provider, { ...importable, ...change }))).toBe('ERR_TLS_CONFIG')
  })

  it('are not made with a hash that the provider does not have', async () => {
    const poor = { ...provider, hashes: provider.hashes.filter(({ name }) => name !== 'sha384') }
    expect(await codeOf(importPreSharedKey(poor, { ...importable, hash: 'sha384' }))).toBe('ERR_TLS_CONFIG')
    expect(await importPreSharedKey(poor, importable)).toHaveLength(1)
  })
})
