/** Clients whose messages are not in order (RFC 9846 §4, §5.1), or not whole. */
import {
  changeMessage,
  combineEdits,
  dropMessage,
  editBody,
  handshakeMessage,
  repeatMessage,
  swapMessages,
  writeAfter,
  writeBefore,
} from '@mortise/testing'
import { ContentType, HandshakeType as H } from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import {
  alertReceived,
  badMac,
  excess,
  malformed,
  notTls,
  truncated,
  unexpected,
  unexpectedRecord,
} from '../refusals.ts'
import type { WrongClient } from '../scenario.ts'
import { applicationData, bytes, messageRecord, record } from '../scripts.ts'
import { authenticating, resuming } from './settings.ts'

/** The flight of a client that is asked who it is. */
const flight = {
  Certificate: H.certificate,
  CertificateVerify: H.certificate_verify,
  Finished: H.finished,
} as const

const missing: readonly Case<WrongClient>[] = [
  edited('MSG-01', '4', 'ClientHello is left out: nothing comes', ...truncated, dropMessage(H.client_hello), {
    client: { compatibilityMode: false },
  }),
  edited(
    'CT-04',
    '4.5.1',
    'Certificate is left out',
    ...unexpected,
    dropMessage(H.certificate),
    authenticating,
  ),
  edited(
    'FIN-03',
    '4',
    'Certificate and CertificateVerify are left out',
    ...unexpected,
    combineEdits(dropMessage(H.certificate), dropMessage(H.certificate_verify)),
    authenticating,
  ),
  edited(
    'CV-01',
    '4.5.2',
    'CertificateVerify is left out',
    ...unexpected,
    dropMessage(H.certificate_verify),
    authenticating,
  ),
  rejects('FIN-06', '4.5.3', 'Finished is left out, and data follows', ...badMac, {
    edit: dropMessage(H.finished),
    afterwards: (peer) => peer.perform(applicationData),
  }),
  edited(
    'FIN-06',
    '4.5.3',
    'application data before Finished',
    ...unexpectedRecord,
    writeBefore(H.finished, applicationData),
  ),
]

const swapped: readonly Case<WrongClient>[] = (
  [
    ['Certificate', 'CertificateVerify'],
    ['Certificate', 'Finished'],
    ['CertificateVerify', 'Finished'],
  ] as const
).map(([a, b]) =>
  edited(
    'MSG-01',
    '4',
    `${a} and ${b} in each other's place`,
    ...unexpected,
    swapMessages(flight[a], flight[b]),
    authenticating,
  ),
)

const repeated: readonly Case<WrongClient>[] = [
  edited('REC-14', '5.1', 'ClientHello twice in one record', ...excess, repeatMessage(H.client_hello)),
  edited(
    'MSG-01',
    '4',
    'ClientHello twice',
    ...unexpectedRecord,
    changeMessage(H.client_hello, ({ message }) => [
      record(ContentType.handshake, message),
      record(ContentType.handshake, message),
    ]),
  ),
  edited('MSG-01', '4', 'Certificate twice', ...unexpected, repeatMessage(H.certificate), authenticating),
  edited(
    'MSG-01',
    '4',
    'CertificateVerify twice',
    ...unexpected,
    repeatMessage(H.certificate_verify),
    authenticating,
  ),
  edited('FIN-04', '5.1', 'Finished twice in one record', ...excess, repeatMessage(H.finished)),
  rejects('FIN-05', '4', 'a second Finished', ...unexpected, {
    afterwards: (peer) => peer.perform(messageRecord(H.finished, new Uint8Array(32))),
  }),
]

const foreignTypes = [
  ['MSG-02', 'a message of an unknown type', 99],
  ['MSG-03', 'HelloRequest of TLS 1.2', 0],
  ['MSG-03', 'HelloVerifyRequest of DTLS', 3],
  ['MSG-03', 'hello_retry_request of the drafts', 6],
  ['MSG-03', 'ServerKeyExchange of TLS 1.2', 12],
  ['MSG-03', 'ServerHelloDone of TLS 1.2', 14],
  ['MSG-03', 'ClientKeyExchange of TLS 1.2', 16],
  ['MSG-03', 'CertificateURL of TLS 1.2', 21],
  ['MSG-03', 'CertificateStatus of TLS 1.2', 22],
  ['MSG-04', 'the synthetic message_hash', 254],
  ['MSG-01', 'ServerHello', H.server_hello],
  ['MSG-01', 'EncryptedExtensions', H.encrypted_extensions],
  ['NST-02', 'NewSessionTicket', H.new_session_ticket],
  ['CR-11', 'CertificateRequest', H.certificate_request],
  ['ED-09', 'EndOfEarlyData', H.end_of_early_data],
  ['CH-47', 'ClientHello', H.client_hello],
  ['CT-03', 'Certificate', H.certificate, [0, 0, 0, 0]],
  ['CT-22', 'CompressedCertificate', H.compressed_certificate, [0, 1, 0, 0, 4, 0, 0, 1, 9]],
  ['MSG-01', 'CertificateVerify', H.certificate_verify],
] as const satisfies readonly (readonly [string, string, number, (readonly number[])?])[]

const foreign: readonly Case<WrongClient>[] = [
  ...foreignTypes.flatMap(([id, what, type, body = [0]]) => [
    edited<WrongClient>(
      id,
      '4',
      `${what}, before Finished`,
      ...unexpected,
      writeBefore(H.finished, handshakeMessage('handshake', type, Uint8Array.from(body))),
    ),
    rejects<WrongClient>(id, '4', `${what}, after the handshake`, ...unexpected, {
      afterwards: (peer) => peer.perform(messageRecord(type, body)),
    }),
  ]),
  ...foreignTypes
    .filter(([, , type]) => type !== H.client_hello)
    .map(([id, what, type]) =>
      edited<WrongClient>(
        id,
        '4',
        `${what} in place of ClientHello`,
        ...unexpected,
        changeMessage(H.client_hello, () => [messageRecord(type, [0])]),
        { client: { compatibilityMode: false } },
      ),
    ),
  rejects('CT-03', '4', 'Certificate in a handshake with a pre-shared key', ...unexpected, async () => {
    const { client, server } = await resuming()
    return {
      client: { ...client },
      server: { ...server },
      edit: writeBefore(H.finished, handshakeMessage('handshake', H.certificate, Uint8Array.of(0, 0, 0, 0))),
    }
  }),
  edited(
    'CV-02',
    '4.5.2',
    'CertificateVerify after an empty Certificate',
    ...unexpected,
    writeAfter(H.certificate, handshakeMessage('handshake', H.certificate_verify, Uint8Array.of(4, 3, 0, 0))),
    {
      server: {
        clientAuthentication: {
          mode: 'request',
          verifier: {
            identity: 'nobody',
            verify: () => {
              throw new Error('nobody is asked')
            },
          },
        },
      },
    },
  ),
]

const notTls13: readonly Case<WrongClient>[] = [
  edited(
    'REC-23',
    'E.5',
    'a hello of SSL 2.0',
    ...notTls,
    // length, CLIENT-HELLO, version, lengths of ciphers, session id and challenge, and these
    changeMessage(H.client_hello, () => [
      bytes(0x80, 28, 1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 10, ...new Uint8Array(16)),
    ]),
    { client: { compatibilityMode: false } },
  ),
]

const boundaries: readonly Case<WrongClient>[] = [
  edited(
    'CCS-03',
    '5',
    'change_cipher_spec before ClientHello',
    ...unexpectedRecord,
    writeBefore(H.client_hello, record(ContentType.change_cipher_spec, [1])),
  ),
  edited(
    'REC-15',
    '5.1',
    'the beginning of Finished packed behind ClientHello: a key change in mid-message',
    ...excess,
    changeMessage(H.client_hello, ({ message }) => [
      record(ContentType.handshake, [...message, H.finished, 0]),
    ]),
  ),
  edited(
    'REC-14',
    '5.1',
    'a whole EndOfEarlyData behind ClientHello',
    ...excess,
    changeMessage(H.client_hello, ({ message }) => [
      record(ContentType.handshake, [...message, H.end_of_early_data, 0, 0, 0]),
    ]),
  ),
  edited(
    'ALR-12',
    'A.1',
    'an alert in the clear from a client that may have no keys',
    ...alertReceived,
    writeBefore(H.finished, record(ContentType.alert, [2, 47], 'initial')),
  ),
  edited(
    'ALR-12',
    '5',
    'an alert in the clear after a protected record',
    ...unexpectedRecord,
    changeMessage(H.finished, (send) => [
      record(ContentType.handshake, send.message.subarray(0, 10)),
      record(ContentType.alert, [2, 47], 'initial'),
    ]),
  ),
]

const notWhole: readonly Case<WrongClient>[] = (['Certificate', 'CertificateVerify'] as const).flatMap(
  (name) => [
    edited<WrongClient>(
      'MSG-05',
      '6',
      `${name} ends too early`,
      ...malformed,
      editBody(flight[name], (b) => b.subarray(0, -1)),
      authenticating,
    ),
    edited<WrongClient>(
      'MSG-05',
      '6',
      `${name} is empty`,
      ...malformed,
      editBody(flight[name], () => new Uint8Array(0)),
      authenticating,
    ),
    edited<WrongClient>(
      'MSG-06',
      '6',
      `a byte behind the last field of ${name}`,
      ...malformed,
      editBody(flight[name], (b) => Uint8Array.of(...b, 0)),
      authenticating,
    ),
  ],
)

export const order: readonly Case<WrongClient>[] = [
  ...missing,
  ...swapped,
  ...repeated,
  ...foreign,
  ...notTls13,
  ...boundaries,
  ...notWhole,
]
