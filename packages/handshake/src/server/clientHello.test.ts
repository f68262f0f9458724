/** What a server takes of a ClientHello, and what it does not (RFC 9846 §4.2.2, §9.2). */
import { beforeAll, describe, expect, it } from 'vitest'
import {
  cookie,
  ExtensionType,
  keyShare,
  NamedGroup,
  recordSizeLimit,
  serverName,
  signatureAlgorithms,
  SignatureScheme,
  supportedGroups,
  supportedVersions,
  writeExtension,
  type ClientHello,
} from '@mortise/wire'
import { altering, refusalOf, withExtension, withoutExtension } from '../fixtures/alter.ts'
import { classicalParties, type MakeParties } from '../fixtures/classical.ts'
import { codeOf, infoOf, makeCredential, parties, trusting } from '../fixtures/parties.ts'
import {
  clientCredentials,
  type ClientHelloInfo,
  type ClientOptions,
  type Credential,
  type ServerOptions,
} from '../index.ts'

const { x25519, secp256r1 } = NamedGroup
let credential: Credential
let both: MakeParties

beforeAll(async () => {
  credential = await makeCredential('server')
  both = classicalParties(credential)
})

type Edit = (body: ClientHello) => ClientHello
const shares = (...groups: readonly number[]): ReturnType<typeof writeExtension> =>
  writeExtension(keyShare, 'clientHello', {
    clientShares: groups.map((group) => ({ group, keyExchange: new Uint8Array(32).fill(9) })),
  })
const names = (...list: readonly (readonly [number, string])[]): ReturnType<typeof writeExtension> =>
  writeExtension(serverName, 'clientHello', {
    serverNameList: list.map(([nameType, name]) => ({ nameType, name: new TextEncoder().encode(name) })),
  })

describe('a ClientHello is refused', () => {
  it.each<[string, Edit, string, string]>([
    [
      'of SSL 3',
      (body) => ({ ...body, legacyVersion: 0x0300 }),
      'ERR_TLS_PROTOCOL_VERSION',
      'protocol_version',
    ],
    [
      'without supported_versions',
      (body) => withoutExtension(body, supportedVersions.type),
      'ERR_TLS_PROTOCOL_VERSION',
      'protocol_version',
    ],
    [
      'of other versions only',
      (body) => withExtension(body, writeExtension(supportedVersions, 'clientHello', { versions: [0x0303] })),
      'ERR_TLS_PROTOCOL_VERSION',
      'protocol_version',
    ],
    [
      'with compression (RFC 9846 §4.2.2)',
      (body) => ({ ...body, legacyCompressionMethods: Uint8Array.of(0, 1) }),
      'ERR_TLS_COMPRESSION',
      'illegal_parameter',
    ],
    [
      'with compression alone',
      (body) => ({ ...body, legacyCompressionMethods: Uint8Array.of(1) }),
      'ERR_TLS_COMPRESSION',
      'illegal_parameter',
    ],
    [
      'with a cookie that nobody gave it (RFC 9846 §4.3.2)',
      (body) => withExtension(body, writeExtension(cookie, 'clientHello', { cookie: Uint8Array.of(1) })),
      'ERR_TLS_WRONG_COOKIE',
      'illegal_parameter',
    ],
    [
      'without supported_groups, but with shares (RFC 9846 §9.2)',
      (body) => withoutExtension(body, supportedGroups.type),
      'ERR_TLS_MISSING_EXTENSION',
      'missing_extension',
    ],
    [
      'without shares, but with groups (RFC 9846 §9.2)',
      (body) => withoutExtension(body, keyShare.type),
      'ERR_TLS_MISSING_EXTENSION',
      'missing_extension',
    ],
    [
      'with neither (RFC 9846 §9.2)',
      (body) => withoutExtension(withoutExtension(body, keyShare.type), supportedGroups.type),
      'ERR_TLS_MISSING_EXTENSION',
      'missing_extension',
    ],
    [
      'with two shares for a group (RFC 9846 §4.3.8)',
      (body) => withExtension(body, shares(x25519, x25519)),
      'ERR_TLS_ILLEGAL_PARAMETER',
      'illegal_parameter',
    ],
    [
      'with a share for a group that it does not list (RFC 9846 §4.3.8)',
      (body) => withExtension(body, shares(0x9999)),
      'ERR_TLS_ILLEGAL_PARAMETER',
      'illegal_parameter',
    ],
    [
      'with a share that leads to zero (RFC 9846 §7.4.2)',
      (body) =>
        withExtension(
          body,
          writeExtension(keyShare, 'clientHello', {
            clientShares: [{ group: x25519, keyExchange: new Uint8Array(32) }],
          }),
        ),
      'ERR_TLS_INVALID_KEY_SHARE',
      'illegal_parameter',
    ],
    [
      'without signature_algorithms (RFC 9846 §9.2)',
      (body) => withoutExtension(body, signatureAlgorithms.type),
      'ERR_TLS_MISSING_EXTENSION',
      'missing_extension',
    ],
    [
      'with two host names (RFC 6066 §3)',
      (body) => withExtension(body, names([0, 'a'], [0, 'b'])),
      'ERR_TLS_ILLEGAL_PARAMETER',
      'illegal_parameter',
    ],
    [
      'with a zero in its host name',
      (body) => withExtension(body, names([0, 'a\0b'])),
      'ERR_TLS_ILLEGAL_PARAMETER',
      'illegal_parameter',
    ],
    [
      'with a record size limit below 64 (RFC 8449 §4)',
      (body) => withExtension(body, writeExtension(recordSizeLimit, 'clientHello', { recordSizeLimit: 63 })),
      'ERR_TLS_BAD_RECORD_SIZE_LIMIT',
      'illegal_parameter',
    ],
    [
      'with an extension of other messages',
      (body) =>
        withExtension(body, { extensionType: ExtensionType.oid_filters, extensionData: Uint8Array.of(0, 0) }),
      'ERR_TLS_EXTENSION_NOT_ALLOWED',
      'illegal_parameter',
    ],
  ])('%s', async (_, edit, code, alert) => {
    expect(await refusalOf(both({}, {}, altering('ClientHello', edit)))).toEqual({
      by: 'server',
      code,
      alert,
    })
  })

  it.each<[string, Partial<ClientOptions>, Partial<ServerOptions>, string]>([
    [
      'with no suite in common',
      { cipherSuites: [0x1301] },
      { cipherSuites: [0x1302] },
      'ERR_TLS_NO_COMMON_CIPHER_SUITE',
    ],
    ['with no group in common', { groups: [x25519] }, { groups: [secp256r1] }, 'ERR_TLS_NO_COMMON_GROUP'],
    [
      'with no scheme that our key has',
      { signatureSchemes: [SignatureScheme.ed25519] },
      {},
      'ERR_TLS_NO_USABLE_CREDENTIAL',
    ],
    [
      'with no protocol in common (RFC 7301 §3.2)',
      { alpn: ['h2'] },
      { alpn: ['h3'] },
      'ERR_TLS_NO_APPLICATION_PROTOCOL',
    ],
  ])('%s', async (_, client, server, code) => {
    expect(await refusalOf(both(client, server))).toMatchObject({ by: 'server', code })
  })

  it('for its protocols, in words that are neither as long nor as wild as these', async () => {
    const alpn = ['h2', '\u001b[2J\n#2 connected', ...Array.from({ length: 1000 }, () => 'x')]
    await expect(both({ alpn }, { alpn: ['h3'] }).shakeHands()).rejects.toMatchObject({
      code: 'ERR_TLS_NO_APPLICATION_PROTOCOL',
      detail: '"h2", 1b5b324a0a233220636f6e6e6563746564, "x", "x", "x", "x", "x", "x" and 994 more',
    })
  })
})

describe('what a ClientHello says', () => {
  /** As a function that chooses options sees it. */
  async function seen(edit: Edit, options: Partial<ClientOptions> = {}): Promise<ClientHelloInfo> {
    let info: ClientHelloInfo | undefined
    const pair = parties(
      { verifier: trusting(credential), ...options },
      (hello) => {
        info = hello
        return { credentials: [credential] }
      },
      altering('ClientHello', edit),
    )
    await codeOf(pair.shakeHands())
    if (!info) throw new Error('nobody was asked')
    return info
  }

  it('is told to a function that chooses options, without GREASE', async () => {
    const info = await seen((body) => body, {
      serverName: 'Example.ORG',
      alpn: ['h2', 'http/1.1'],
      recordSizeLimit: 500,
      signatureSchemesCert: [SignatureScheme.rsa_pkcs1_sha256],
      certificateAuthorities: [Uint8Array.of(0x30, 0)],
      credentials: clientCredentials([], { postHandshake: true }),
      verifier: { ...trusting(credential), wants: { ocspResponse: true, signedCertificateTimestamps: true } },
    })
    expect(info).toMatchObject({
      serverName: 'example.org',
      alpn: ['h2', 'http/1.1'],
      recordSizeLimit: 500,
      signatureSchemesCert: [SignatureScheme.rsa_pkcs1_sha256],
      certificateAuthorities: [Uint8Array.of(0x30, 0)],
      postHandshakeAuthentication: true,
      wantsOcspResponse: true,
      wantsSignedCertificateTimestamps: true,
      earlyData: false,
      preSharedKeys: undefined,
      delegatedCredentialSchemes: [],
    })
  })

  it('a name that is an address is no name, nor is one of another kind (RFC 6066 §3)', async () => {
    expect((await seen((body) => withExtension(body, names([0, '192.0.2.1'])))).serverName).toBeUndefined()
    expect((await seen((body) => withExtension(body, names([1, 'x'])))).serverName).toBeUndefined()
  })

  it('names in server_name have no root’s dot, and addresses are not sent', async () => {
    for (const [name, sent] of [
      ['example.org.', 'example.org'],
      ['192.0.2.1', undefined],
      ['2001:db8::1', undefined],
      ['bücher.example', undefined],
    ] as const)
      expect((await seen((body) => body, { serverName: name })).serverName).toBe(sent)
  })
})

describe('a second ClientHello is refused', () => {
  const second = (edit: Edit, server: Partial<ServerOptions> = {}): Promise<unknown> =>
    refusalOf(both({}, { groups: [secp256r1], ...server }, altering('ClientHello', edit, 1)))

  it.each<[string, Edit, string]>([
    [
      'with another random (RFC 9846 §4.2.2)',
      (body) => ({ ...body, random: body.random.toReversed() }),
      'ERR_TLS_CLIENT_HELLO_CHANGED',
    ],
    [
      'with other suites',
      (body) => ({ ...body, cipherSuites: body.cipherSuites.toReversed() }),
      'ERR_TLS_CLIENT_HELLO_CHANGED',
    ],
    [
      'with another session id',
      (body) => ({ ...body, legacySessionId: new Uint8Array(32) }),
      'ERR_TLS_CLIENT_HELLO_CHANGED',
    ],
    [
      'with another extension',
      (body) => withExtension(body, { extensionType: 0xff01, extensionData: new Uint8Array(0) }),
      'ERR_TLS_CLIENT_HELLO_CHANGED',
    ],
    [
      'without an extension',
      (body) => withoutExtension(body, signatureAlgorithms.type),
      'ERR_TLS_CLIENT_HELLO_CHANGED',
    ],
    [
      'with a share of another group (RFC 9846 §4.3.8)',
      (body) => withExtension(body, shares(x25519)),
      'ERR_TLS_ILLEGAL_PARAMETER',
    ],
    [
      'with a cookie that nobody gave it',
      (body) => withExtension(body, writeExtension(cookie, 'clientHello', { cookie: Uint8Array.of(1) })),
      'ERR_TLS_WRONG_COOKIE',
    ],
  ])('%s', async (_, edit, code) => {
    expect(await second(edit)).toMatchObject({ by: 'server', code, alert: 'illegal_parameter' })
  })

  it('without its cookie, or with another (RFC 9846 §4.3.2)', async () => {
    const retryCookie = (): Uint8Array => Uint8Array.of(1, 2, 3)
    expect(await second((body) => withoutExtension(body, cookie.type), { retryCookie })).toMatchObject({
      code: 'ERR_TLS_MISSING_EXTENSION',
    })
    const other = writeExtension(cookie, 'clientHello', { cookie: Uint8Array.of(3, 2, 1) })
    expect(await second((body) => withExtension(body, other), { retryCookie })).toMatchObject({
      code: 'ERR_TLS_WRONG_COOKIE',
    })
  })
})

describe('the server chooses', () => {
  it('by its own order, or by the client’s', async () => {
    const client = {
      cipherSuites: [0x1302, 0x1301],
      groups: [secp256r1, x25519],
      keyShares: [secp256r1, x25519],
    }
    const server = { cipherSuites: [0x1301, 0x1302], groups: [x25519, secp256r1] }
    for (const [preference, cipherSuite, group] of [
      ['server', 0x1301, x25519],
      ['client', 0x1302, secp256r1],
    ] as const) {
      const pair = both(client, { ...server, preference })
      await pair.shakeHands()
      expect(infoOf(pair, 'server')).toMatchObject({ cipherSuite, group, helloRetryRequest: false })
    }
  })

  it('a share that is there before a group that it prefers, unless told otherwise', async () => {
    const server = { groups: [secp256r1, x25519] }
    const usual = both({}, server)
    await usual.shakeHands()
    expect(infoOf(usual, 'client')).toMatchObject({ group: x25519, helloRetryRequest: false })
    const strict = both({}, { ...server, retryFor: 'preferred' })
    await strict.shakeHands()
    expect(infoOf(strict, 'client')).toMatchObject({ group: secp256r1, helloRetryRequest: true })
  })

  it('and tells its groups and its protocol, if it is asked to', async () => {
    const pair = both({ alpn: ['h2', 'h3'] }, { alpn: ['h3', 'h2'], announceGroups: true })
    await pair.shakeHands()
    expect(infoOf(pair, 'client').alpn).toBe('h3')
    const silent = both({}, { alpn: ['h3'] })
    await silent.shakeHands()
    expect(infoOf(silent, 'server').alpn).toBeUndefined()
  })
})
