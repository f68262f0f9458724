/** Servers whose ServerHello is wrong (RFC 9846 §4.2.3). */
import { editBody, editFields, inFlight, type Edit, type ScriptedPeer } from '@mortise/testing'
import {
  CipherSuite,
  ClientHello,
  decode,
  downgradeToTls11,
  downgradeToTls12,
  encode,
  ExtensionType as X,
  HandshakeType as H,
  NamedGroup,
  ServerHello,
} from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import {
  compression,
  duplicate,
  illegal,
  invalidShare,
  malformed,
  missingExtension,
  notAllowedHere,
  protocolVersion,
  unsolicited,
  wrongGroup,
  wrongPsk,
  type Refusal,
} from '../refusals.ts'
import type { WrongServer } from '../scenario.ts'
import { leaveOut, messageRecord, put, serverHelloExtensions, twice } from '../scripts.ts'
import { externalKey, resumed, retried } from './settings.ts'

const versionNotOffered: Refusal = ['illegal_parameter', 'ERR_TLS_VERSION_NOT_OFFERED']
const suiteNotOffered: Refusal = ['illegal_parameter', 'ERR_TLS_CIPHER_SUITE_NOT_OFFERED']
const suiteChanged: Refusal = ['illegal_parameter', 'ERR_TLS_CIPHER_SUITE_CHANGED']
const wrongSession: Refusal = ['illegal_parameter', 'ERR_TLS_SESSION_ID_MISMATCH']

const fields = (change: (hello: ServerHello) => Partial<ServerHello>): Edit =>
  editFields(H.server_hello, ServerHello, (hello) => ({ ...hello, ...change(hello) }))

/** key_share with this body, a length in front of the share. */
const share = (group: number, keyExchange: readonly number[]): Edit =>
  serverHelloExtensions(
    put(
      X.key_share,
      group >> 8,
      group & 255,
      keyExchange.length >> 8,
      keyExchange.length & 255,
      ...keyExchange,
    ),
  )

const zeros = (length: number): number[] => Array.from({ length }, () => 0)
const only = (group: number): WrongServer => ({
  client: { groups: [group], keyShares: [group] },
  server: { groups: [group] },
})

/** A ServerHello of TLS 1.2: the end of its random, and what follows the compression method. */
const older = (marker: readonly number[], ...extensions: readonly number[]): Edit =>
  editBody(H.server_hello, (body) => {
    const fixed = body.slice(0, 34 + 33 + 3)
    fixed.set(marker, 34 - marker.length)
    fixed.set([0xc0, 0x2f], 34 + 33)
    return Uint8Array.of(...fixed, ...extensions)
  })

const versions: readonly Case<WrongServer>[] = [
  edited(
    'SH-01',
    'E.1',
    'no supported_versions',
    ...protocolVersion,
    serverHelloExtensions(leaveOut(X.supported_versions)),
  ),
  edited(
    'SH-01',
    'E.1',
    'TLS 1.2, with extensions of TLS 1.2',
    ...protocolVersion,
    older([], 0, 5, 0xff, 1, 0, 1, 0),
  ),
  edited('SH-01', 'E.1', 'TLS 1.2, without extensions', ...protocolVersion, older([])),
  edited(
    'SH-01',
    'E.1',
    'TLS 1.0 in legacy_version',
    ...protocolVersion,
    fields(() => ({ legacyVersion: 0x0301 })),
  ),
  edited(
    'SH-02',
    '4.3.1',
    'selected_version TLS 1.2',
    ...versionNotOffered,
    serverHelloExtensions(put(X.supported_versions, 3, 3)),
  ),
  edited(
    'SH-02',
    '4.3.1',
    'selected_version 0x0305',
    ...versionNotOffered,
    serverHelloExtensions(put(X.supported_versions, 3, 5)),
  ),
  edited(
    'MSG-15',
    'RFC 8701 3.1',
    'a GREASE version',
    ...versionNotOffered,
    serverHelloExtensions(put(X.supported_versions, 0x5a, 0x5a)),
  ),
  edited(
    'SH-03',
    '4.2.3',
    'legacy_version 0x0304',
    ...protocolVersion,
    fields(() => ({ legacyVersion: 0x0304 })),
  ),
  ...[downgradeToTls12, downgradeToTls11].map((marker) =>
    edited<WrongServer>(
      'SH-08',
      '4.2.3',
      `a downgrade marker in the random of an older ServerHello, ending in ${marker.at(-1)}`,
      'illegal_parameter',
      'ERR_TLS_DOWNGRADE',
      older([...marker], 0, 5, 0xff, 1, 0, 1, 0),
    ),
  ),
]

const legacy: readonly Case<WrongServer>[] = [
  edited(
    'SH-04',
    '4.2.3',
    'another session id',
    ...wrongSession,
    fields(() => ({ legacySessionIdEcho: new Uint8Array(32) })),
  ),
  edited(
    'SH-04',
    '4.2.3',
    'no session id',
    ...wrongSession,
    fields(() => ({ legacySessionIdEcho: new Uint8Array(0) })),
  ),
  edited(
    'SH-04',
    '4.2.3',
    'a session id though none was sent',
    ...wrongSession,
    fields(() => ({ legacySessionIdEcho: new Uint8Array(32) })),
    {
      client: { compatibilityMode: false },
    },
  ),
  edited(
    'SH-05',
    '4.2.3',
    'a suite that was not offered',
    ...suiteNotOffered,
    fields(() => ({ cipherSuite: CipherSuite.TLS_AES_128_CCM_SHA256 })),
  ),
  edited(
    'SH-06',
    'B.4',
    'a suite of TLS 1.2',
    ...suiteNotOffered,
    fields(() => ({ cipherSuite: 0xc02f })),
  ),
  edited(
    'SH-06',
    'B.4',
    'a signal in place of a suite',
    ...suiteNotOffered,
    fields(() => ({ cipherSuite: CipherSuite.TLS_FALLBACK_SCSV })),
  ),
  edited(
    'MSG-15',
    'RFC 8701 3.1',
    'a GREASE suite',
    ...suiteNotOffered,
    fields(() => ({ cipherSuite: 0x3a3a })),
  ),
  edited(
    'SH-07',
    '4.2.3',
    'compression',
    ...compression,
    fields(() => ({ legacyCompressionMethod: 1 })),
  ),
]

/** A point of P-256 that is not on the curve, a compressed one, the one at infinity, and a coordinate that is too large. */
const badPoints: readonly (readonly [string, readonly number[]])[] = [
  ['off the curve', [4, ...zeros(63), 1]],
  ['compressed', [2, ...zeros(32)]],
  ['at infinity', [0]],
  ['with a coordinate that is too large', [4, ...Array.from({ length: 64 }, () => 255)]],
]

const shares: readonly Case<WrongServer>[] = [
  edited(
    'SH-09',
    '9.2',
    'neither key_share nor pre_shared_key',
    ...missingExtension,
    serverHelloExtensions(leaveOut(X.key_share)),
  ),
  edited(
    'SH-11',
    '4.3.8',
    'a group without a share of ours',
    ...wrongGroup,
    share(NamedGroup.secp256r1, [4, ...zeros(64)]),
  ),
  edited(
    'SH-11',
    '4.3.8',
    'a group that was not offered',
    ...wrongGroup,
    share(NamedGroup.secp384r1, [4, ...zeros(96)]),
  ),
  edited('MSG-15', 'RFC 8701 3.1', 'a GREASE group', ...wrongGroup, share(0x2a2a, [0])),
  edited(
    'SH-12',
    '7.4.2',
    'an X25519 share of low order',
    ...invalidShare,
    share(NamedGroup.x25519, zeros(32)),
  ),
  edited(
    'SH-12',
    '7.4.2',
    'the X25519 share 1',
    ...invalidShare,
    share(NamedGroup.x25519, [1, ...zeros(31)]),
  ),
  ...badPoints.map(([what, point]) =>
    edited<WrongServer>(
      'SH-12',
      '4.3.8.2',
      `a point ${what}`,
      ...invalidShare,
      share(NamedGroup.secp256r1, point),
      only(NamedGroup.secp256r1),
    ),
  ),
  ...(
    [
      ['0', zeros(256)],
      ['1', [...zeros(255), 1]],
      ['2^2048 - 1, which is more than p', Array.from({ length: 256 }, () => 255)],
    ] as const
  ).map(([what, value]) =>
    edited<WrongServer>(
      'SH-12',
      '4.3.8.1',
      `the finite-field share ${what}`,
      ...invalidShare,
      share(NamedGroup.ffdhe2048, value),
      only(NamedGroup.ffdhe2048),
    ),
  ),
  edited(
    'SH-13',
    '4.3',
    'bytes behind the share',
    ...malformed,
    serverHelloExtensions(put(X.key_share, 0, 29, 0, 32, ...zeros(32), 0)),
  ),
  edited('SH-25', '4.3.8', 'an empty share', ...malformed, share(NamedGroup.x25519, [])),
  edited(
    'SH-26',
    '4.3.8.2',
    'an X25519 share that is too short',
    ...invalidShare,
    share(NamedGroup.x25519, zeros(31)),
  ),
  edited(
    'SH-26',
    '4.3.8.2',
    'an X25519 share that is too long',
    ...invalidShare,
    share(NamedGroup.x25519, zeros(33)),
  ),
  edited(
    'SH-26',
    '4.3.8.1',
    'a finite-field share that is too short',
    ...invalidShare,
    share(NamedGroup.ffdhe2048, [...zeros(254), 2]),
    only(NamedGroup.ffdhe2048),
  ),
]

const extensions: readonly Case<WrongServer>[] = [
  edited(
    'SH-15',
    '4.3',
    'pre_shared_key, which was not offered',
    ...unsolicited,
    serverHelloExtensions(put(X.pre_shared_key, 0, 0)),
  ),
  edited(
    'SH-17',
    '4.3',
    'ALPN in ServerHello',
    ...notAllowedHere,
    serverHelloExtensions(put(X.application_layer_protocol_negotiation, 0, 3, 2, 0x68, 0x32)),
    {
      client: { alpn: ['h2'] },
    },
  ),
  edited(
    'SH-17',
    '4.3',
    'server_name in ServerHello',
    ...notAllowedHere,
    serverHelloExtensions(put(X.server_name)),
  ),
  edited(
    'SH-17',
    '4.3',
    'supported_groups in ServerHello',
    ...notAllowedHere,
    serverHelloExtensions(put(X.supported_groups, 0, 2, 0, 29)),
  ),
  edited('SH-18', '4.3', 'an unknown extension', ...unsolicited, serverHelloExtensions(put(0xfff0))),
  edited('MSG-15', 'RFC 8701 3.1', 'a GREASE extension', ...unsolicited, serverHelloExtensions(put(0x1a1a))),
  edited(
    'MSG-14',
    '4.3',
    'cookie, unasked and in the wrong message',
    ...unsolicited,
    serverHelloExtensions(put(X.cookie, 0, 1, 7)),
  ),
  edited('MSG-10', '4.3', 'key_share twice', ...duplicate, serverHelloExtensions(twice(X.key_share))),
  edited(
    'MSG-10',
    '4.3',
    'supported_versions twice',
    ...duplicate,
    serverHelloExtensions(twice(X.supported_versions)),
  ),
  edited(
    'MSG-08',
    '4.3',
    'a byte behind selected_version',
    ...malformed,
    serverHelloExtensions(put(X.supported_versions, 3, 4, 0)),
  ),
  edited(
    'MSG-07',
    '3.4',
    'a session id of 33 bytes',
    ...malformed,
    editBody(H.server_hello, (body) => Uint8Array.of(...body.subarray(0, 34), 33, 0, ...body.subarray(35))),
  ),
]

const preSharedKeys: readonly Case<WrongServer>[] = [
  rejects('SH-27', 'E.3', 'TLS 1.2, though early data was sent', ...protocolVersion, async () => ({
    ...(await resumed(100)),
    edit: older([], 0, 5, 0xff, 1, 0, 1, 0),
  })),
  rejects('SH-14', '4.3.11', 'selected_identity 1 of 1', ...wrongPsk, async () => ({
    ...(await resumed()),
    edit: serverHelloExtensions(put(X.pre_shared_key, 0, 1)),
  })),
  rejects('SH-10', '4.3.11', 'no key_share beside pre_shared_key', ...illegal, async () => ({
    ...(await resumed()),
    edit: serverHelloExtensions(leaveOut(X.key_share)),
  })),
  rejects('SH-24', '4.3.9', 'key_share, though only psk_ke was offered', ...illegal, {
    ...externalKey({ pskKeyExchangeModes: [0] }),
    edit: serverHelloExtensions(put(X.key_share, 0, 29, 0, 32, 9, ...zeros(31))),
  }),
  rejects('SH-16', '4.3.11', 'a suite with another hash than the key', ...wrongPsk, {
    ...externalKey({}),
    edit: fields(() => ({ cipherSuite: CipherSuite.TLS_AES_256_GCM_SHA384 })),
  }),
]

/** A HelloRetryRequest that asks for a cookie and for no share. */
const cookieAlone = serverHelloExtensions((list) => put(X.cookie, 0, 1, 7)(leaveOut(X.key_share)(list)))

/** A ServerHello for the first ClientHello, with a share of this group. */
function answerTo({ heard }: ScriptedPeer, group: number): Uint8Array {
  const { legacySessionId } = decode(ClientHello, heard[0]?.bytes.subarray(4) ?? new Uint8Array(0))
  return encode(ServerHello, {
    legacyVersion: 0x0303,
    random: new Uint8Array(32),
    legacySessionIdEcho: legacySessionId,
    cipherSuite: CipherSuite.TLS_AES_128_GCM_SHA256,
    legacyCompressionMethod: 0,
    extensions: [
      { extensionType: X.supported_versions, extensionData: Uint8Array.of(3, 4) },
      { extensionType: X.key_share, extensionData: Uint8Array.of(group >> 8, group, 0, 65, 4, ...zeros(64)) },
    ],
  })
}

const afterRetry: readonly Case<WrongServer>[] = [
  rejects('SH-20', '4.2.4', 'another suite than in HelloRetryRequest', ...suiteChanged, {
    ...retried,
    edit: inFlight(
      1,
      fields(({ cipherSuite }) => ({ cipherSuite: cipherSuite === 0x1301 ? 0x1302 : 0x1301 })),
    ),
  }),
  rejects('SH-21', '4.2.4', 'supported_versions is gone after HelloRetryRequest', ...protocolVersion, {
    ...retried,
    edit: inFlight(1, serverHelloExtensions(leaveOut(X.supported_versions))),
  }),
  rejects('SH-21', '4.2.4', 'another selected_version than in HelloRetryRequest', ...versionNotOffered, {
    ...retried,
    edit: inFlight(1, serverHelloExtensions(put(X.supported_versions, 3, 3))),
  }),
  rejects('SH-22', '4.3.8', 'another group than HelloRetryRequest asked for', ...wrongGroup, {
    ...retried,
    edit: inFlight(1, share(NamedGroup.x25519, [9, ...zeros(31)])),
  }),
  rejects('SH-23', '4.3.8', 'after a cookie alone, a group without a share of ours', ...wrongGroup, {
    ...retried,
    edit: cookieAlone,
    // The honest server did not ask for a cookie, and goes no further
    afterwards: (peer) => peer.perform(messageRecord(H.server_hello, answerTo(peer, NamedGroup.secp256r1))),
  }),
]

export const serverHello: readonly Case<WrongServer>[] = [
  ...versions,
  ...legacy,
  ...shares,
  ...extensions,
  ...preSharedKeys,
  ...afterRetry,
]
