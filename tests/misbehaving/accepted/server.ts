/** What a server takes from a client. */
import { inFlight, type Edit, type PeerAction } from '@mortise/testing'
import {
  CipherSuite,
  ContentType,
  decode,
  encode,
  ExtensionType as X,
  keyShare,
  KeyShareClientHello,
  NamedGroup,
  type ClientHello,
  type Extension,
} from '@mortise/wire'
import { anchors, provider, serverAgainst, session, type Outcome, type WrongClient } from '../scenario.ts'
import { put, record } from '../scripts.ts'
import { authenticating, key, resuming, retrying, sharingKey } from '../server/settings.ts'
import { accepts, type Accepted } from './accepts.ts'

const extensions =
  (change: (list: readonly Extension[]) => readonly Extension[]) =>
  (hello: ClientHello): Partial<ClientHello> => ({ extensions: change(hello.extensions) })

const list = (...numbers: readonly number[]): number[] => [
  (2 * numbers.length) >> 8,
  2 * numbers.length,
  ...numbers.flatMap((value) => [value >> 8, value & 255]),
]

/** The shares of a ClientHello, changed. */
const shares = (change: (own: KeyShareClientHello['clientShares']) => KeyShareClientHello['clientShares']) =>
  extensions((all) =>
    all.map((item) =>
      item.extensionType === keyShare.type
        ? {
            ...item,
            extensionData: encode(KeyShareClientHello, {
              clientShares: change(decode(KeyShareClientHello, item.extensionData).clientShares),
            }),
          }
        : item,
    ),
  )

const hellos: readonly (readonly [
  id: string,
  ref: string,
  what: string,
  hello: NonNullable<WrongClient['hello']>,
  options?: WrongClient,
])[] = [
  ['OK-02', '4.3.1', 'legacy_version 0x0304', () => ({ legacyVersion: 0x0304 })],
  ['OK-02', '4.3.1', 'legacy_version 0xffff', () => ({ legacyVersion: 0xffff })],
  [
    'OK-03',
    '9.3',
    'unknown suites',
    ({ cipherSuites }) => ({ cipherSuites: [0x0a0a, 0x1399, ...cipherSuites, 0xc02f] }),
  ],
  [
    'OK-03',
    '9.3',
    'unknown groups',
    extensions(put(X.supported_groups, ...list(0x0a0a, 0x6666, NamedGroup.x25519, NamedGroup.secp256r1))),
    { client: { grease: false } },
  ],
  [
    'OK-03',
    '9.3',
    'a share of an unknown group',
    (hello) => ({
      extensions: put(
        X.supported_groups,
        ...list(0x6666, NamedGroup.x25519, NamedGroup.secp256r1),
      )(shares((own) => [{ group: 0x6666, keyExchange: Uint8Array.of(1) }, ...own])(hello).extensions ?? []),
    }),
    { client: { grease: false } },
  ],
  [
    'OK-03',
    '9.3',
    'unknown signature schemes',
    extensions(put(X.signature_algorithms, ...list(0x0a0a, 0xfe00, 0x0403))),
  ],
  ['OK-03', '9.3', 'unknown versions', extensions(put(X.supported_versions, 6, 0x0a, 0x0a, 3, 5, 3, 4))],
  ['OK-03', '9.3', 'unknown modes', extensions(put(X.psk_key_exchange_modes, 3, 0x0b, 99, 1))],
  [
    'OK-03',
    '9.3',
    'unknown extensions',
    extensions((all) => [{ extensionType: 0xfff0, extensionData: new Uint8Array(9) }, ...all]),
  ],
  [
    'OK-03',
    'RFC 8701 3.2',
    'a GREASE protocol',
    extensions(put(X.application_layer_protocol_negotiation, 0, 6, 2, 0x0a, 0x0a, 2, 0x68, 0x32)),
    { client: { alpn: ['h2'] }, server: { alpn: ['h2'] } },
  ],
  ['OK-06', '4.3', 'extensions in another order', extensions((all) => all.toReversed())],
  [
    'OK-10',
    'RFC 7748 5',
    'the top bit of an X25519 share',
    shares((own) =>
      own.map(({ group, keyExchange }) => ({
        group,
        keyExchange: group === NamedGroup.x25519 ? withTopBit(keyExchange) : keyExchange,
      })),
    ),
  ],
  [
    'OK-24',
    '4.3.8',
    'shares in another order than groups',
    shares((own) => own.toReversed()),
    { client: { keyShares: [NamedGroup.x25519, NamedGroup.secp256r1] } },
  ],
  [
    'OK-24',
    '4.3.3',
    'schemes of SHA-1 first',
    extensions(put(X.signature_algorithms, ...list(0x0201, 0x0203, 0x0403))),
  ],
  [
    'CH-51',
    '4.3.7',
    'a group twice',
    extensions(put(X.supported_groups, ...list(NamedGroup.x25519, NamedGroup.x25519))),
    { client: { grease: false } },
  ],
  ...(
    [
      ['status_request_v2', X.status_request_v2, [0, 7, 2, 0, 4, 0, 0, 0, 0]],
      ['trusted_ca_keys', X.trusted_ca_keys, [0, 0]],
      ['session_ticket', X.session_ticket, [1, 2, 3]],
      ['extended_main_secret', X.extended_main_secret, []],
      ['renegotiation_info', X.renegotiation_info, [0]],
      ['ec_point_formats', X.ec_point_formats, [1, 0]],
      ['encrypt_then_mac', X.encrypt_then_mac, []],
    ] as const
  ).map(
    ([name, type, body]) => ['OK-25', '9.3', `${name} of TLS 1.2`, extensions(put(type, ...body))] as const,
  ),
  ['OK-26', '4.3', 'nonsense in use_srtp', extensions(put(X.use_srtp, 255))],
  ['OK-26', '4.3', 'nonsense in heartbeat', extensions(put(X.heartbeat, 1, 2, 3))],
  [
    'OK-26',
    'RFC 9001 8.2',
    'quic_transport_parameters',
    extensions(put(X.quic_transport_parameters, 255, 1)),
  ],
  [
    'OK-47',
    'RFC 9849 7.1',
    'an encrypted_client_hello that nobody can open',
    extensions(put(X.encrypted_client_hello, 0, 0, 1, 0, 1, 7, 0, 0, 0, 1, 9)),
  ],
  [
    'OK-48',
    'RFC 6066 3',
    'an IP address as a name',
    extensions(put(X.server_name, 0, 12, 0, 0, 9, ...new TextEncoder().encode('127.0.0.1'))),
  ],
  [
    'OK-49',
    'RFC 7507 3',
    'TLS_FALLBACK_SCSV beside TLS 1.3',
    ({ cipherSuites }) => ({ cipherSuites: [...cipherSuites, CipherSuite.TLS_FALLBACK_SCSV] }),
  ],
  [
    'OK-46',
    'RFC 8449 4',
    'record_size_limit of 2^16 - 1, and max_fragment_length beside it',
    extensions((all) => put(X.max_fragment_length, 1)(put(X.record_size_limit, 255, 255)(all))),
    { client: { recordSizeLimit: 100 }, server: { recordSizeLimit: 16_385 } },
  ],
  ...[1, 31].map(
    (length) =>
      [
        'OK-34',
        '4.2.3',
        `a session id of ${length} bytes`,
        () => ({ legacySessionId: new Uint8Array(length) }),
      ] as const,
  ),
  ['CH-31', '4.3.10', 'early_data without pre_shared_key is declined', extensions(put(X.early_data))],
]

function withTopBit(share: Uint8Array): Uint8Array {
  const changed = share.slice()
  changed[31] = (share[31] ?? 0) | 0x80
  return changed
}

/** Right behind the ClientHello, under early keys. */
const early = (...actions: readonly PeerAction[]): Edit => inFlight(0, (flight) => [...flight, ...actions])
const earlyBytes = early(record(ContentType.application_data, [9, 9]))
const declined = [({ earlyData, received }: Outcome) => [earlyData, ...received], [false, 1, 2, 3]] as const

const withSessions: readonly Accepted<WrongClient>[] = [
  accepts<WrongClient>(
    'OK-13',
    '4.3.11',
    'keys that nobody knows',
    { client: { external: [key] }, server: { findPreSharedKey: () => undefined } },
    ({ ours }) => ours.info?.resumed,
    false,
  ),
  accepts<WrongClient>('OK-29', '4.3.11', 'an imported identity for another protocol', {
    client: {
      external: [{ ...key, identity: Uint8Array.of(0, 1, 9, 0, 0, 0xfe, 0xfc, 0, 1), kind: 'imported' }],
    },
    server: { findPreSharedKey: () => undefined },
  }),
  accepts<WrongClient>('OK-23', '4.3.8', 'a key share that was used before', async () => {
    const group = provider.groups.find((item) => item.group === NamedGroup.x25519)
    if (!group) throw new Error('no X25519')
    const kept = await group.offer()
    const again = { ...group, offer: () => ({ ...kept, destroy: () => {} }) }
    const client = { provider: { ...provider, groups: [again] }, groups: [again.group] }
    const first = await serverAgainst({ client })
    if (!first.connected) throw new Error('no first connection')
    return { client }
  }),
  accepts<WrongClient>(
    'OK-14',
    '4.3.11',
    'a key whose hash does not fit',
    {
      client: { external: [{ ...key, hash: 'sha384' }] },
      server: {
        findPreSharedKey: () => ({ ...key, hash: 'sha384' }),
        cipherSuites: [CipherSuite.TLS_AES_128_GCM_SHA256],
      },
    },
    ({ ours }) => ours.info?.resumed,
    false,
  ),
  accepts<WrongClient>(
    'OK-15',
    '4.3.11',
    'a bad binder of a key that is not chosen',
    {
      client: {
        external: [key, { ...key, identity: Uint8Array.of(9), key: new Uint8Array(32).fill(1) }],
      },
      server: {
        findPreSharedKey: (identity) => (identity.length === 1 ? { ...key, identity } : key),
        cipherSuites: [CipherSuite.TLS_AES_128_GCM_SHA256],
      },
    },
    ({ ours }) => ours.info?.resumed,
    true,
  ),
  accepts<WrongClient>(
    'OK-28',
    '4.3.9',
    'a key with a mode that we do not do',
    { ...sharingKey, client: { ...sharingKey.client, pskKeyExchangeModes: [0] } },
    ({ ours }) => ours.info?.resumed,
    false,
  ),
  accepts<WrongClient>(
    'OK-27',
    '4.2.1',
    'no group in common, but a key under psk_ke',
    {
      client: {
        ...sharingKey.client,
        pskKeyExchangeModes: [0],
        groups: [NamedGroup.secp384r1],
        keyShares: [NamedGroup.secp384r1],
      },
      server: { ...sharingKey.server, pskKeyExchangeModes: [0] },
    },
    ({ ours }) => ours.info?.group,
    undefined,
  ),
  accepts<WrongClient>(
    'OK-16',
    '4.3.11',
    'a session under another suite with its hash, and early data is declined',
    async () => {
      const { client, server } = await resuming(100)
      const [first] = client?.sessions ?? []
      const other =
        first?.cipherSuite === CipherSuite.TLS_AES_128_GCM_SHA256
          ? CipherSuite.TLS_CHACHA20_POLY1305_SHA256
          : CipherSuite.TLS_AES_128_GCM_SHA256
      return { client: client ?? {}, server: { ...server, cipherSuites: [other] }, edit: earlyBytes }
    },
    ...declined,
  ),
  accepts<WrongClient>(
    'OK-30',
    '4.3.11',
    'a session under another server_name: declined, a full handshake it is',
    async () => {
      const { client, server } = await resuming()
      const sessions = (client?.sessions ?? []).map((first) => ({ ...first, serverName: 'other.test' }))
      return { client: { ...client, sessions, serverName: 'other.test' }, server: server ?? {} }
    },
    ({ ours }) => ours.info && { resumed: ours.info.resumed, serverName: ours.info.serverName },
    { resumed: false, serverName: 'other.test' },
  ),
  accepts<WrongClient>(
    'OK-51',
    '4.7.1',
    'a session past its lifetime',
    async () => {
      const { client, server } = await resuming()
      const later = (): number => Date.UTC(2026, 0, 9)
      return { client: client ?? {}, server: { ...server, now: later } }
    },
    ({ ours }) => ours.info?.resumed,
    false,
  ),
  ...(
    [
      ['ED-13', 'a hello that was seen before', { isFirstUse: () => false }],
      ['ED-13', 'a guard that fails', { isFirstUse: () => Promise.reject(new Error('out of order')) }],
    ] as const
  ).map(([id, what, replayGuard]) =>
    accepts<WrongClient>(
      id,
      '8',
      `early data with ${what} is declined`,
      async () => {
        const { client, server } = await resuming(100)
        const tickets = server?.tickets
        return {
          client: client ?? {},
          server: tickets ? { tickets: { ...tickets, earlyData: { maxSize: 100, replayGuard } } } : {},
          edit: earlyBytes,
        }
      },
      ...declined,
    ),
  ),
  accepts<WrongClient>(
    'ED-13',
    '8.3',
    'early data with a ticket of another age than it says is declined',
    async () => {
      const { client, server } = await resuming(100)
      return {
        client: { ...client, now: () => Date.UTC(2026, 0, 1) + 20_000 },
        server: server ?? {},
        edit: earlyBytes,
      }
    },
    ...declined,
  ),
  accepts<WrongClient>(
    'ED-15',
    '4.3.10',
    'early data with another protocol than its session had is declined',
    async () => {
      const { session: first, store } = await session({
        earlyData: 100,
        client: { alpn: ['h2'] },
        server: { alpn: ['h2'] },
      })
      return {
        client: { sessions: [first], sessionContext: first.context, earlyData: true, alpn: ['h2', 'h3'] },
        server: {
          alpn: ['h3'],
          tickets: { store, earlyData: { maxSize: 100, replayGuard: { isFirstUse: () => true } } },
        },
        edit: earlyBytes,
      }
    },
    ...declined,
  ),
  accepts<WrongClient>(
    'OK-22',
    '4.3.10',
    'early data before a HelloRetryRequest is declined',
    async () => {
      const { client, server } = await resuming(100)
      return {
        client: { ...client, ...retrying.client },
        server: { ...server, ...retrying.server },
        edit: earlyBytes,
      }
    },
    ...declined,
  ),
]

export const acceptedOfClients: readonly Accepted<WrongClient>[] = [
  ...hellos.map(([id, ref, what, hello, options = {}]) =>
    accepts<WrongClient>(id, ref, what, { ...options, hello }),
  ),
  accepts<WrongClient>(
    'OK-05',
    '4.3.8',
    'no shares: HelloRetryRequest',
    { client: { keyShares: [] } },
    ({ ours }) => ours.info?.helloRetryRequest,
    true,
  ),
  ...withSessions,
  accepts<WrongClient>('OK-41', '4.7.2', 'answers in another order than the requests', {
    client: { ...authenticating.client, compatibilityMode: false },
    server: { clientAuthentication: { mode: 'none', anchors } },
    edit: exchanged(),
    afterwards: async (_, ours, settle) => {
      const answers = [ours.requestClientCertificate(), ours.requestClientCertificate()]
      await new Promise((resolve) => setImmediate(resolve))
      await settle()
      if ((await Promise.all(answers)).some((peer) => peer?.certificates.length !== 1))
        throw new Error('no answer')
    },
  }),
]

/** The third flight, the answer to the first request, comes behind the next. */
function exchanged(): Edit {
  let kept: readonly PeerAction[] | undefined
  return (actions, flight) => {
    if (flight < 2) return actions
    if (kept) return [...actions, ...kept]
    kept = actions
    return []
  }
}
