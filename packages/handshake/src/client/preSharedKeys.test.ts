/** A client without pre-shared keys: it offers none, takes none, and has no use for tickets. */
import { beforeAll, expect, it } from 'vitest'
import {
  earlyData,
  encodeHandshake,
  ExtensionType,
  HandshakeType,
  NewSessionTicket,
  preSharedKey,
  writeExtension,
  type Extension,
} from '@mortise/wire'
import {
  altering,
  bodyOf,
  refusalOf,
  withExtension,
  withoutExtension,
  type Alter,
} from '../fixtures/alter.ts'
import { codeOf, makeCredential, parties, trusting, type Parties } from '../fixtures/parties.ts'
import type { Credential } from '../index.ts'

let credential: Credential

beforeAll(async () => {
  credential = await makeCredential('server')
})

function pair(alter?: Alter): Parties {
  return parties({ verifier: trusting(credential), now: () => 0 }, { credentials: [credential] }, alter)
}

it('offers neither keys nor modes nor early data', async () => {
  const both = pair()
  const [first] = await both.client.start()
  if (first?.kind !== 'send') throw new Error('no ClientHello')
  const types = bodyOf('ClientHello', first.message).extensions.map(({ extensionType }) => extensionType)
  expect(types).toContain(ExtensionType.key_share)
  expect(types).not.toContain(ExtensionType.psk_key_exchange_modes)
  expect(types).not.toContain(ExtensionType.early_data)
  expect(types).not.toContain(ExtensionType.pre_shared_key)
})

it('refuses a key that a server selects, and early data that it accepts, as unsolicited (RFC 9846 §4.3)', async () => {
  const selected = writeExtension(preSharedKey, 'serverHello', { selectedIdentity: 0 })
  const accepted = writeExtension(earlyData, 'encryptedExtensions', {})
  const unsolicited = {
    by: 'client',
    code: 'ERR_TLS_UNSOLICITED_EXTENSION',
    alert: 'unsupported_extension',
  }
  for (const alter of [
    altering('ServerHello', (body) => withExtension(body, selected)),
    altering('EncryptedExtensions', (body) => withExtension(body, accepted)),
  ])
    expect(await refusalOf(pair(alter))).toEqual(unsolicited)
})

it('wants a key_share (RFC 9846 §4.2.3)', async () => {
  const without = altering('ServerHello', (body) => withoutExtension(body, ExtensionType.key_share))
  expect(await refusalOf(pair(without))).toEqual({
    by: 'client',
    code: 'ERR_TLS_MISSING_EXTENSION',
    alert: 'missing_extension',
  })
})

it('ignores tickets, and refuses malformed ones (RFC 9846 §4.7.1)', async () => {
  const both = pair()
  await both.shakeHands()
  const limit = writeExtension(earlyData, 'newSessionTicket', { maxEarlyDataSize: 1 })
  expect(await both.client.receive(newSessionTicket([limit]), 'application')).toEqual([])
  expect(await both.client.receive(newSessionTicket([]), 'application')).toEqual([])
  const short = { ...limit, extensionData: Uint8Array.of(1) }
  expect(await codeOf(both.client.receive(newSessionTicket([short]), 'application'))).toBe('ERR_TLS_DECODE')
})

it('refuses tickets with an extension twice, or with one of another message (RFC 9846 §4.3)', async () => {
  const limit = writeExtension(earlyData, 'newSessionTicket', { maxEarlyDataSize: 1 })
  const name = { extensionType: ExtensionType.server_name, extensionData: new Uint8Array(0) }
  for (const [extensions, code] of [
    [[limit, limit], 'ERR_TLS_DUPLICATE_EXTENSION'],
    [[name], 'ERR_TLS_EXTENSION_NOT_ALLOWED'],
  ] as const) {
    const both = pair()
    await both.shakeHands()
    expect(await codeOf(both.client.receive(newSessionTicket(extensions), 'application'))).toBe(code)
  }
})

function newSessionTicket(extensions: readonly Extension[]): Uint8Array {
  return encodeHandshake(HandshakeType.new_session_ticket, NewSessionTicket, {
    ticketLifetime: 60,
    ticketAgeAdd: 0,
    ticketNonce: Uint8Array.of(0),
    ticket: Uint8Array.of(1),
    extensions,
  })
}
