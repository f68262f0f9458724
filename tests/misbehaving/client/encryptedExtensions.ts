/** Servers whose EncryptedExtensions are wrong (RFC 9846 §4.4.1). */
import { editBody, type Edit } from '@mortise/testing'
import { CipherSuite, ExtensionType as X, HandshakeType as H } from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import {
  badSignature,
  badSizeLimit,
  duplicate,
  earlyDataNotAllowed,
  malformed,
  notAllowedHere,
  unsolicited,
  type Refusal,
} from '../refusals.ts'
import { externalPreSharedKeys } from '@mortise/tls'
import { holding, session, type WrongServer } from '../scenario.ts'
import { encryptedExtensions as edit, put, twice } from '../scripts.ts'
import { resumed, retried } from './settings.ts'

const ALPN = X.application_layer_protocol_negotiation
const notOffered: Refusal = ['illegal_parameter', 'ERR_TLS_ALPN_NOT_OFFERED']
const h2 = [0, 3, 2, 0x68, 0x32] as const

type Row = readonly [
  id: string,
  ref: string,
  what: string,
  refusal: Refusal,
  edit: Edit,
  client?: WrongServer['client'],
]

const rows: readonly Row[] = [
  [
    'EE-02',
    '4.4.1',
    'no length of the list',
    malformed,
    editBody(H.encrypted_extensions, () => new Uint8Array(0)),
  ],
  [
    'EE-02',
    '4.4.1',
    'a length of the list that is too large',
    malformed,
    editBody(H.encrypted_extensions, (body) => Uint8Array.of(0, body.length, ...body.subarray(2))),
  ],
  ['EE-03', '4.3', 'an unknown extension', unsolicited, edit(put(0xfff0))],
  ['EE-03', '4.3', 'ALPN, which was not offered', unsolicited, edit(put(ALPN, ...h2))],
  [
    'EE-03',
    '4.3',
    'server_name, which was not offered',
    unsolicited,
    edit(put(X.server_name)),
    { serverName: '127.0.0.1' },
  ],
  [
    'EE-03',
    '4.3',
    'max_fragment_length, which was not offered',
    unsolicited,
    edit(put(X.max_fragment_length, 1)),
  ],
  [
    'EE-03',
    '4.3',
    'record_size_limit, which was not offered',
    unsolicited,
    edit(put(X.record_size_limit, 0x40, 1)),
  ],
  ['EE-03', '4.3', 'heartbeat, which was not offered', unsolicited, edit(put(X.heartbeat, 1))],
  ['EE-03', '4.3', 'use_srtp, which was not offered', unsolicited, edit(put(X.use_srtp, 0, 2, 0, 1, 0))],
  ['MSG-15', 'RFC 8701 3.1', 'a GREASE extension', unsolicited, edit(put(0xaaaa))],
  ['EE-04', '4.4.1', 'key_share', notAllowedHere, edit(put(X.key_share, 0, 29, 0, 1, 9))],
  ['EE-04', '4.4.1', 'signature_algorithms', notAllowedHere, edit(put(X.signature_algorithms, 0, 2, 4, 3))],
  ['EE-04', '4.4.1', 'supported_versions', notAllowedHere, edit(put(X.supported_versions, 3, 4))],
  [
    'EE-04',
    '4.4.1',
    'psk_key_exchange_modes',
    notAllowedHere,
    edit(put(X.psk_key_exchange_modes, 1, 1)),
    { sessions: holding(undefined) },
  ],
  ['EE-04', '4.4.1', 'compress_certificate', unsolicited, edit(put(X.compress_certificate, 2, 0, 1))],
  ['MSG-14', '4.3', 'cookie, which is also unasked', unsolicited, edit(put(X.cookie, 0, 1, 7))],
  ['MSG-14', '4.3', 'oid_filters, which is also unasked', unsolicited, edit(put(X.oid_filters, 0, 0))],
  ...(
    [
      ['extended_main_secret', X.extended_main_secret, []],
      ['renegotiation_info', X.renegotiation_info, [0]],
      ['session_ticket', X.session_ticket, []],
      ['ec_point_formats', X.ec_point_formats, [1, 0]],
      ['status_request_v2', X.status_request_v2, []],
      ['encrypt_then_mac', X.encrypt_then_mac, []],
      ['next_protocol of the drafts', 13_172, []],
    ] as const
  ).map(([name, type, body]): Row => [
    'EE-05',
    '4.5.1.1',
    `${name} of TLS 1.2`,
    unsolicited,
    edit(put(type, ...body)),
  ]),
  ['EE-06', 'RFC 7301 3.1', 'ALPN without a protocol', malformed, edit(put(ALPN, 0, 0)), { alpn: ['h2'] }],
  [
    'EE-06',
    'RFC 7301 3.1',
    'an ALPN protocol of no bytes',
    malformed,
    edit(put(ALPN, 0, 1, 0)),
    { alpn: ['h2'] },
  ],
  [
    'EE-07',
    'RFC 7301 3.2',
    'an ALPN protocol that was not offered',
    notOffered,
    edit(put(ALPN, ...h2)),
    { alpn: ['http/1.1'] },
  ],
  [
    'EE-07',
    'RFC 7301 3.2',
    'the beginning of an ALPN protocol',
    notOffered,
    edit(put(ALPN, 0, 2, 1, 0x68)),
    { alpn: ['h2'] },
  ],
  [
    'EE-16',
    'RFC 7301 3.1',
    'two ALPN protocols',
    malformed,
    edit(put(ALPN, 0, 6, 2, 0x68, 0x32, 2, 0x68, 0x33)),
    { alpn: ['h2', 'h3'] },
  ],
  [
    'EE-08',
    'RFC 6066 3',
    'server_name with a body',
    malformed,
    edit(put(X.server_name, 0, 4, 0, 0, 1, 0x61)),
  ],
  ['MSG-09', '4.3', 'server_name of one byte', malformed, edit(put(X.server_name, 0))],
  [
    'MSG-07',
    '3.4',
    'supported_groups of an odd length',
    malformed,
    edit(put(X.supported_groups, 0, 3, 0, 29, 0)),
  ],
  [
    'MSG-08',
    '4.3',
    'a byte behind supported_groups',
    malformed,
    edit(put(X.supported_groups, 0, 2, 0, 29, 0)),
  ],
  ['MSG-08', '4.3', 'a byte behind ALPN', malformed, edit(put(ALPN, ...h2, 0)), { alpn: ['h2'] }],
  [
    'MSG-10',
    '4.3',
    'supported_groups twice',
    duplicate,
    edit((list) => twice(X.supported_groups)(put(X.supported_groups, 0, 2, 0, 29)(list))),
  ],
  [
    'MSG-10',
    '4.3',
    'server_name twice',
    duplicate,
    edit((list) => twice(X.server_name)(put(X.server_name)(list))),
  ],
  ['EE-09', '4.3', 'early_data, which was not offered', unsolicited, edit(put(X.early_data))],
  [
    'EE-13',
    'RFC 7250 4.2',
    'server_certificate_type, which was not offered',
    unsolicited,
    edit(put(X.server_certificate_type, 2)),
  ],
  [
    'EE-13',
    'RFC 7250 4.2',
    'client_certificate_type, which was not offered',
    unsolicited,
    edit(put(X.client_certificate_type, 1)),
  ],
  [
    'EE-14',
    'RFC 8449 4',
    'record_size_limit 63',
    badSizeLimit,
    edit(put(X.record_size_limit, 0, 63)),
    { recordSizeLimit: 16_385 },
  ],
  [
    'EE-14',
    'RFC 8449 4',
    'record_size_limit 0',
    badSizeLimit,
    edit(put(X.record_size_limit, 0, 0)),
    { recordSizeLimit: 16_385 },
  ],
  [
    'EE-14',
    'RFC 8449 5',
    'record_size_limit and max_fragment_length',
    unsolicited,
    edit((list) => put(X.max_fragment_length, 1)(put(X.record_size_limit, 1, 0)(list))),
    { recordSizeLimit: 16_385 },
  ],
  [
    'EE-17',
    'RFC 8449 4',
    'record_size_limit above 2^14 + 1 is let pass, so that it is the signature that does not fit',
    badSignature,
    edit(put(X.record_size_limit, 255, 255)),
    { recordSizeLimit: 16_385 },
  ],
  ['EE-15', 'RFC 9001 8.2', 'quic_transport_parameters', unsolicited, edit(put(X.quic_transport_parameters))],
  [
    'ECH-10',
    '4.3',
    'encrypted_client_hello, which was not offered',
    unsolicited,
    edit(put(X.encrypted_client_hello)),
  ],
]

const earlyData: readonly Case<WrongServer>[] = [
  rejects('EE-09', '4.3', 'early_data after HelloRetryRequest', ...unsolicited, async () => {
    const { client, server } = await resumed(1000)
    return {
      client: { ...client, ...retried.client },
      server: { ...server, ...retried.server },
      edit: edit(put(X.early_data)),
    }
  }),
  rejects('EE-10', '4.3.11', 'early_data without a pre-shared key', ...earlyDataNotAllowed, async () => {
    const { client } = await resumed(1000)
    return { ...(client ? { client } : {}), edit: edit(put(X.early_data)) }
  }),
  rejects(
    'EE-10',
    '4.3.11',
    'early_data with another key than the first',
    ...earlyDataNotAllowed,
    async () => {
      const { client } = await resumed(1000)
      const external = { identity: Uint8Array.of(1), key: new Uint8Array(32) }
      return {
        client: { ...client, preSharedKeys: externalPreSharedKeys([external]) },
        server: {
          findPreSharedKey: (identity: Uint8Array) => (identity.length === 1 ? external : undefined),
        },
        edit: edit(put(X.early_data)),
      }
    },
  ),
  rejects(
    'EE-11',
    '4.3.10',
    "early_data with another suite than the ticket's",
    ...earlyDataNotAllowed,
    async () => {
      const { session: first, store } = await session({
        earlyData: 1000,
        server: { cipherSuites: [CipherSuite.TLS_AES_128_GCM_SHA256] },
        client: { cipherSuites: [CipherSuite.TLS_AES_128_GCM_SHA256] },
      })
      return {
        client: { sessions: holding(first), earlyData: true },
        server: { tickets: store, cipherSuites: [CipherSuite.TLS_CHACHA20_POLY1305_SHA256] },
        edit: edit(put(X.early_data)),
      }
    },
  ),
  rejects(
    'EE-12',
    '4.3.10',
    "early_data with another ALPN protocol than the ticket's",
    ...earlyDataNotAllowed,
    async () => {
      const { session: first, store } = await session({
        earlyData: 1000,
        client: { alpn: ['h2'] },
        server: { alpn: ['h2'] },
      })
      return {
        client: { sessions: holding(first), earlyData: true, alpn: ['h2', 'h3'] },
        server: { tickets: store, alpn: ['h3'] },
        edit: edit(put(X.early_data)),
      }
    },
  ),
]

export const encryptedExtensions: readonly Case<WrongServer>[] = [
  ...rows.map(([id, ref, what, refusal, change, client]) =>
    edited<WrongServer>(id, ref, what, ...refusal, change, client ? { client } : {}),
  ),
  ...earlyData,
]
