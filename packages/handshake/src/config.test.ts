import { beforeAll, describe, expect, it } from 'vitest'
import { ExtensionType, NamedGroup, SignatureScheme } from '@mortise/wire'
import { makeCredential, provider, trusting } from './fixtures/parties.ts'
import { providers } from './fixtures/providers.ts'
import { clientConfig, serverConfig } from './config.ts'
import {
  clientPreSharedKeys,
  delegatedCredentials,
  type ClientOptions,
  type ClientPreSharedKeysOptions,
  type Credential,
  type ServerOptions,
} from './index.ts'

/** Has ML-KEM on every runtime. */
const hybrid = providers.find(({ name }) => name === 'noble') ?? provider
let credential: Credential

beforeAll(async () => {
  credential = await makeCredential('server')
})

const client = (options: Partial<ClientOptions>): ReturnType<typeof clientConfig> =>
  clientConfig({ provider, verifier: trusting(credential), ...options })
const server = (options: Partial<ServerOptions>): ReturnType<typeof serverConfig> =>
  serverConfig({ provider, credentials: [credential], ...options })
const refused = expect.objectContaining({ code: 'ERR_TLS_CONFIG' })
const key = { identity: Uint8Array.of(1), key: new Uint8Array(32) }
const stub = { schemes: [], publicKey: new Uint8Array(0), sign: () => new Uint8Array(0) }
const tickets = { issue: () => new Uint8Array(1), redeem: () => undefined }

describe('defaults', () => {
  it('of a client: everything but CCM, one hybrid share and one other', () => {
    const config = client({ provider: hybrid })
    expect(new Set(config.cipherSuites.map(({ suite }) => suite))).toEqual(new Set([0x1301, 0x1302, 0x1303]))
    expect(config.keyShares.map(({ group }) => group)).toEqual([NamedGroup.X25519MLKEM768, NamedGroup.x25519])
    expect(config).toMatchObject({ preSharedKeys: undefined, padClientHello: 0 })
  })

  it('of a server: no tickets without a clock', () => {
    expect(server({ tickets }).tickets).toBeUndefined()
    expect(server({ tickets, now: () => 0 }).tickets).toBe(tickets)
  })
})

describe('a client’s options are refused', () => {
  it.each<[string, Partial<ClientOptions>]>([
    ['a cipher suite that the provider does not have', { cipherSuites: [0x1399] }],
    ['no cipher suite', { cipherSuites: [] }],
    ['a cipher suite twice', { cipherSuites: [0x1301, 0x1301] }],
    ['a group that the provider does not have', { groups: [0x9999] }],
    ['no group', { groups: [] }],
    [
      'a key share that is not of its groups',
      { groups: [NamedGroup.x25519], keyShares: [NamedGroup.secp256r1] },
    ],
    ['a signature scheme that the provider does not have', { signatureSchemes: [0x0999] }],
    ['no signature scheme', { signatureSchemes: [] }],
    [
      'a signature scheme of certificates that the provider does not have',
      { signatureSchemesCert: [0x0999] },
    ],
    ['an ALPN protocol of no bytes', { alpn: [''] }],
    ['an ALPN protocol that is too long', { alpn: ['x'.repeat(256)] }],
    ['an ALPN protocol that is no bytes', { alpn: ['\u0100'] }],
    ['a record size limit that is too small', { recordSizeLimit: 63 }],
    ['a record size limit that is too large', { recordSizeLimit: 16_386 }],
    ['a record size limit that is no number of bytes', { recordSizeLimit: 100.5 }],
    ['a length of certificates that is none', { maxCertificateLength: 0 }],
    ['padding beyond the length of a ClientHello', { padClientHello: 65_536 }],
    ['an extension of ours', { extensions: [extension(ExtensionType.server_name)] }],
    ['an extension that is GREASE', { extensions: [extension(0x1a1a)] }],
    ['an extension twice', { extensions: [extension(0xff01), extension(0xff01)] }],
    ['an extension of another message', { extensions: [extension(ExtensionType.oid_filters)] }],
    ['an extension that has no number', { extensions: [extension(0x1_0000)] }],
    ...['credentials', 'preSharedKeys', 'certificateCompression', 'delegatedCredentials'].map(
      (name): [string, Partial<ClientOptions>] => [`a list in place of the value of ${name}`, { [name]: [] }],
    ),
  ])('%s', (_, options) => {
    expect(() => client(options)).toThrow(refused)
  })
})

describe('pre-shared keys of a client are refused', () => {
  it.each<[string, ClientPreSharedKeysOptions]>([
    ['of an unknown key exchange mode', { pskKeyExchangeModes: [2] }],
    ['of no key exchange mode', { pskKeyExchangeModes: [] }],
    ['without an identity', { external: [{ ...key, identity: new Uint8Array(0) }] }],
    ['of no bytes', { external: [{ ...key, key: new Uint8Array(0) }] }],
  ])('%s', (_, options) => {
    expect(() => clientPreSharedKeys(options)).toThrow(refused)
  })
})

describe('a server’s options are refused', () => {
  it.each<[string, Partial<ServerOptions>]>([
    ['tickets of more than seven days (RFC 9846 §4.7.1)', { tickets: { ...tickets, lifetime: 604_801 } }],
    ['tickets of no lifetime', { tickets: { ...tickets, lifetime: 0 } }],
    ['more tickets than there are nonces', { tickets: { ...tickets, count: 257 } }],
    ['an unknown key exchange mode', { pskKeyExchangeModes: [2] }],
    [
      'early data of more bytes than can be said',
      {
        tickets: { ...tickets, earlyData: { maxSize: 2 ** 32, isFirstUse: () => true } },
      },
    ],
    ['an extension that a server must not send', { extensions: [extension(ExtensionType.session_ticket)] }],
    [
      'malformed timestamps',
      {
        credentials: [
          { certificates: [Uint8Array.of(1)], key: stub, signedCertificateTimestamps: Uint8Array.of(1) },
        ],
      },
    ],
    [
      'a scheme that delegated credentials can not have',
      {
        delegatedCredentials: delegatedCredentials([SignatureScheme.rsa_pss_rsae_sha256], () => undefined),
      },
    ],
  ])('%s', (_, options) => {
    expect(() => server({ now: () => 0, ...options })).toThrow(refused)
  })
})

function extension(extensionType: number): { extensionType: number; extensionData: Uint8Array } {
  return { extensionType, extensionData: new Uint8Array(0) }
}
