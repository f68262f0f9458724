/** What a client takes of a server's hello, and what it does not (RFC 9846 §4.2.3, §4.2.4, §4.4.1). */
import { beforeAll, describe, expect, it } from 'vitest'
import {
  applicationLayerProtocolNegotiation,
  concat,
  cookie,
  downgradeToTls11,
  downgradeToTls12,
  ExtensionType,
  keyShare,
  NamedGroup,
  recordSizeLimit,
  supportedVersions,
  writeExtension,
  type EncryptedExtensions,
  type ServerHello,
} from '@mortise/wire'
import { altering, refusalOf, withExtension, withoutExtension } from '../fixtures/alter.ts'
import { classicalParties, type MakeParties } from '../fixtures/classical.ts'
import { infoOf, makeCredential, type Parties } from '../fixtures/parties.ts'

const { x25519, secp256r1, secp384r1 } = NamedGroup
let both: MakeParties

beforeAll(async () => {
  both = classicalParties(await makeCredential('server'))
})

const withShare = (body: ServerHello, group: number, keyExchange: Uint8Array): ServerHello =>
  withExtension(body, writeExtension(keyShare, 'serverHello', { serverShare: { group, keyExchange } }))
const withVersion = (body: ServerHello, selectedVersion: number): ServerHello =>
  withExtension(body, writeExtension(supportedVersions, 'serverHello', { selectedVersion }))
const ending = (body: ServerHello, end: Uint8Array): ServerHello => ({
  ...withoutExtension(body, supportedVersions.type),
  random: concat(body.random.subarray(0, -end.length), end),
})

describe('a ServerHello is refused', () => {
  it.each<[string, (body: ServerHello) => ServerHello, string, string]>([
    [
      'of an older version (RFC 9846 §4.2.3)',
      (body) => withoutExtension(body, supportedVersions.type),
      'ERR_TLS_PROTOCOL_VERSION',
      'protocol_version',
    ],
    [
      'of another legacy_version',
      (body) => ({ ...body, legacyVersion: 0x0304 }),
      'ERR_TLS_PROTOCOL_VERSION',
      'protocol_version',
    ],
    [
      'of a version that was not offered (RFC 9846 §4.3.1)',
      (body) => withVersion(body, 0x0303),
      'ERR_TLS_VERSION_NOT_OFFERED',
      'illegal_parameter',
    ],
    [
      'with the mark of a downgrade to TLS 1.2 (RFC 9846 §4.2.3)',
      (body) => ending(body, downgradeToTls12),
      'ERR_TLS_DOWNGRADE',
      'illegal_parameter',
    ],
    [
      'with the mark of a downgrade to TLS 1.1 (RFC 9846 §4.2.3)',
      (body) => ending(body, downgradeToTls11),
      'ERR_TLS_DOWNGRADE',
      'illegal_parameter',
    ],
    [
      'with another session id',
      (body) => ({ ...body, legacySessionIdEcho: body.legacySessionIdEcho.toReversed() }),
      'ERR_TLS_SESSION_ID_MISMATCH',
      'illegal_parameter',
    ],
    [
      'with a shorter session id',
      (body) => ({ ...body, legacySessionIdEcho: new Uint8Array(0) }),
      'ERR_TLS_SESSION_ID_MISMATCH',
      'illegal_parameter',
    ],
    [
      'with compression',
      (body) => ({ ...body, legacyCompressionMethod: 1 }),
      'ERR_TLS_COMPRESSION',
      'illegal_parameter',
    ],
    [
      'with a suite that was not offered',
      (body) => ({ ...body, cipherSuite: 0x1304 }),
      'ERR_TLS_CIPHER_SUITE_NOT_OFFERED',
      'illegal_parameter',
    ],
    [
      'with a share of a group that we sent none for (RFC 9846 §4.3.8)',
      (body) => withShare(body, secp256r1, new Uint8Array(65)),
      'ERR_TLS_WRONG_GROUP',
      'illegal_parameter',
    ],
    [
      'with a share of the wrong length (RFC 9846 §4.3.8.2)',
      (body) => withShare(body, x25519, new Uint8Array(31)),
      'ERR_TLS_INVALID_KEY_SHARE',
      'illegal_parameter',
    ],
    [
      'with a share that leads to zero (RFC 9846 §7.4.2)',
      (body) => withShare(body, x25519, new Uint8Array(32)),
      'ERR_TLS_INVALID_KEY_SHARE',
      'illegal_parameter',
    ],
    [
      'without a share',
      (body) => withoutExtension(body, keyShare.type),
      'ERR_TLS_MISSING_EXTENSION',
      'missing_extension',
    ],
    [
      'with an extension of EncryptedExtensions',
      (body) =>
        withExtension(body, {
          extensionType: ExtensionType.supported_groups,
          extensionData: Uint8Array.of(0, 2, 0, 29),
        }),
      'ERR_TLS_EXTENSION_NOT_ALLOWED',
      'illegal_parameter',
    ],
  ])('%s', async (_, edit, code, alert) => {
    expect(await refusalOf(both({}, {}, altering('ServerHello', edit)))).toEqual({
      by: 'client',
      code,
      alert,
    })
  })
})

describe('a HelloRetryRequest', () => {
  const retrying = { groups: [secp256r1] }

  it('is answered with its cookie and another share, and told of', async () => {
    const pair = both({}, { ...retrying, retryCookie: async () => Uint8Array.of(1, 2) })
    await pair.shakeHands()
    expect(infoOf(pair, 'client')).toMatchObject({ helloRetryRequest: true, group: secp256r1 })
  })

  it('of a cookie alone leaves the shares as they are (RFC 9846 §4.2.2)', async () => {
    const alter = altering('HelloRetryRequest', (body) =>
      withExtension(
        withoutExtension(body, keyShare.type),
        writeExtension(cookie, 'helloRetryRequest', { cookie: Uint8Array.of(9) }),
      ),
    )
    // The server meant another group, so that it is the server which refuses what comes back
    expect(await refusalOf(both({}, retrying, alter))).toMatchObject({
      by: 'server',
      code: 'ERR_TLS_ILLEGAL_PARAMETER',
    })
  })

  it.each<[string, (body: ServerHello) => ServerHello, string]>([
    [
      'that changes nothing (RFC 9846 §4.2.4)',
      (body) => withoutExtension(body, keyShare.type),
      'ERR_TLS_POINTLESS_RETRY',
    ],
    [
      'for a group that already has a share (RFC 9846 §4.3.8)',
      (body) => withExtension(body, writeExtension(keyShare, 'helloRetryRequest', { selectedGroup: x25519 })),
      'ERR_TLS_WRONG_GROUP',
    ],
    [
      'for a group that was not offered (RFC 9846 §4.3.8)',
      (body) => withExtension(body, writeExtension(keyShare, 'helloRetryRequest', { selectedGroup: 0x9999 })),
      'ERR_TLS_WRONG_GROUP',
    ],
    [
      'of an older version',
      (body) => withoutExtension(body, supportedVersions.type),
      'ERR_TLS_PROTOCOL_VERSION',
    ],
  ])('is refused %s', async (_, edit, code) => {
    expect(await refusalOf(both({}, retrying, altering('HelloRetryRequest', edit)))).toMatchObject({
      by: 'client',
      code,
    })
  })

  it.each<[string, (body: ServerHello) => ServerHello, string]>([
    [
      'another suite (RFC 9846 §4.2.4)',
      (body) => ({ ...body, cipherSuite: body.cipherSuite === 0x1301 ? 0x1302 : 0x1301 }),
      'ERR_TLS_CIPHER_SUITE_CHANGED',
    ],
    [
      'another group (RFC 9846 §4.3.8)',
      (body) => withShare(body, secp384r1, new Uint8Array(97)),
      'ERR_TLS_WRONG_GROUP',
    ],
  ])('must not be followed by %s', async (_, edit, code) => {
    expect(await refusalOf(both({}, retrying, altering('ServerHello', edit)))).toMatchObject({
      by: 'client',
      code,
    })
  })
})

describe('EncryptedExtensions are refused', () => {
  const alpn = (...names: readonly string[]): ReturnType<typeof writeExtension> =>
    writeExtension(applicationLayerProtocolNegotiation, 'encryptedExtensions', {
      protocolNameList: names.map((name) => new TextEncoder().encode(name)),
    })
  it.each<[string, (body: EncryptedExtensions) => EncryptedExtensions, string]>([
    ['with two protocols (RFC 7301 §3.1)', (body) => withExtension(body, alpn('h2', 'h3')), 'ERR_TLS_DECODE'],
    [
      'with a protocol that was not offered (RFC 7301 §3.2)',
      (body) => withExtension(body, alpn('h3')),
      'ERR_TLS_ALPN_NOT_OFFERED',
    ],
    [
      'with a record size limit below 64 (RFC 8449 §4)',
      (body) =>
        withExtension(body, writeExtension(recordSizeLimit, 'encryptedExtensions', { recordSizeLimit: 63 })),
      'ERR_TLS_BAD_RECORD_SIZE_LIMIT',
    ],
    [
      'with a server_name that has a body (RFC 6066 §3)',
      (body) =>
        withExtension(body, { extensionType: ExtensionType.server_name, extensionData: Uint8Array.of(0) }),
      'ERR_TLS_DECODE',
    ],
    [
      'with an extension of a ServerHello',
      (body) =>
        withExtension(body, writeExtension(supportedVersions, 'serverHello', { selectedVersion: 0x0304 })),
      'ERR_TLS_EXTENSION_NOT_ALLOWED',
    ],
  ])('%s', async (_, edit, code) => {
    const options = { alpn: ['h2'], recordSizeLimit: 1000, serverName: 'example.org' }
    expect(await refusalOf(both(options, {}, altering('EncryptedExtensions', edit)))).toMatchObject({
      by: 'client',
      code,
    })
  })

  it('a record size limit is agreed on if both say one, and never above 2^14 + 1 (RFC 8449 §4)', async () => {
    const limits = (pair: Parties): unknown =>
      (['client', 'server'] as const).map((role) =>
        pair.actions[role].find(({ kind }) => kind === 'limitRecordSize'),
      )
    const agreed = both({ recordSizeLimit: 1000 }, { recordSizeLimit: 64 })
    await agreed.shakeHands()
    expect(limits(agreed)).toMatchObject([
      { read: 1000, write: 64 },
      { read: 64, write: 1000 },
    ])
    const one = both({ recordSizeLimit: 1000 })
    await one.shakeHands()
    expect(limits(one)).toEqual([undefined, undefined])
  })
})
