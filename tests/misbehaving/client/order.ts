/** Servers whose messages are not in order (RFC 9846 §4, §5.1), or not whole. */
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
import { ContentType, HandshakeType as H, helloRetryRequestRandom } from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import { clientCredential, type WrongServer } from '../scenario.ts'
import { badMac, excess, malformed, unexpected, unexpectedRecord } from '../refusals.ts'
import { alone, applicationData, messageRecord, record } from '../scripts.ts'
import { resumed } from './settings.ts'

const verifier = { verify: () => ({ publicKey: clientCredential.key.publicKey, certificates: [] }) }
const asksForCertificate = { server: { clientAuthentication: { required: false, verifier } } }

/** Names of the messages that servers send. */
const flight = {
  EncryptedExtensions: H.encrypted_extensions,
  CertificateRequest: H.certificate_request,
  Certificate: H.certificate,
  CertificateVerify: H.certificate_verify,
  Finished: H.finished,
} as const

const missing: readonly Case<WrongServer>[] = [
  edited('REC-10', '5', 'ServerHello is left out', ...unexpectedRecord, dropMessage(H.server_hello)),
  edited(
    'EE-01',
    '4.4.1',
    'EncryptedExtensions is left out',
    ...unexpected,
    dropMessage(H.encrypted_extensions),
  ),
  edited('MSG-01', '4', 'Certificate is left out', ...unexpected, dropMessage(H.certificate)),
  edited('CV-01', '4.5.2', 'CertificateVerify is left out', ...unexpected, dropMessage(H.certificate_verify)),
  edited(
    'FIN-03',
    '4',
    'Certificate and CertificateVerify are left out',
    ...unexpected,
    combineEdits(dropMessage(H.certificate), dropMessage(H.certificate_verify)),
  ),
  rejects('REC-04', '5.2', 'Finished is left out, and data follows', ...badMac, {
    edit: dropMessage(H.finished),
    afterwards: (peer) => peer.perform(applicationData),
  }),
]

const swapped: readonly Case<WrongServer>[] = (
  [
    ['EncryptedExtensions', 'Certificate'],
    ['EncryptedExtensions', 'Finished'],
    ['Certificate', 'CertificateVerify'],
    ['Certificate', 'Finished'],
    ['CertificateVerify', 'Finished'],
    ['CertificateRequest', 'Certificate'],
    ['EncryptedExtensions', 'CertificateRequest'],
  ] as const
).map(([a, b]) =>
  edited(
    'MSG-01',
    '4',
    `${a} and ${b} in each other's place`,
    ...unexpected,
    swapMessages(flight[a], flight[b]),
    asksForCertificate,
  ),
)

const repeated: readonly Case<WrongServer>[] = [
  edited('REC-14', '5.1', 'ServerHello twice in one record', ...excess, repeatMessage(H.server_hello)),
  edited(
    'SH-19',
    '4',
    'a second ServerHello, in the clear',
    ...unexpectedRecord,
    alone(H.server_hello, [], [messageRecord(H.server_hello, [3, 3])]),
  ),
  edited(
    'SH-19',
    '4',
    'a second ServerHello, protected',
    ...unexpected,
    writeBefore(H.encrypted_extensions, handshakeMessage('handshake', H.server_hello, new Uint8Array(40))),
  ),
  ...(['EncryptedExtensions', 'CertificateRequest', 'Certificate', 'CertificateVerify'] as const).map(
    (name) =>
      edited('MSG-01', '4', `${name} twice`, ...unexpected, repeatMessage(flight[name]), asksForCertificate),
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
  ['MSG-03', 'CertificateStatus of TLS 1.2', 22],
  ['MSG-04', 'the synthetic message_hash', 254],
  ['MSG-01', 'ClientHello', H.client_hello],
  ['ED-11', 'EndOfEarlyData', H.end_of_early_data],
  ['NST-01', 'NewSessionTicket', H.new_session_ticket],
  ['KU-03', 'KeyUpdate', H.key_update],
  ['CT-22', 'CompressedCertificate, for which nobody asked', H.compressed_certificate],
] as const

const foreign: readonly Case<WrongServer>[] = [
  ...foreignTypes.flatMap(([id, what, type]) => [
    edited(
      id,
      '4',
      `${what}, before Finished`,
      ...unexpected,
      writeBefore(H.finished, handshakeMessage('handshake', type, Uint8Array.of(0))),
    ),
  ]),
  ...foreignTypes.slice(0, 11).map(([id, what, type]) =>
    rejects<WrongServer>(id, '4', `${what}, after the handshake`, ...unexpected, {
      afterwards: (peer) => peer.perform(messageRecord(type, [0])),
    }),
  ),
  edited(
    'HRR-16',
    '4',
    'HelloRetryRequest after ServerHello, protected',
    ...unexpected,
    writeBefore(
      H.encrypted_extensions,
      handshakeMessage('handshake', H.server_hello, Uint8Array.of(3, 3, ...helloRetryRequestRandom)),
    ),
  ),
  edited(
    'CR-02',
    '4',
    'CertificateRequest after Certificate',
    ...unexpected,
    writeAfter(H.certificate, handshakeMessage('handshake', H.certificate_request, Uint8Array.of(0, 0, 0))),
  ),
  rejects(
    'CR-08',
    '4.7.2',
    'CertificateRequest after the handshake, without post_handshake_auth',
    ...unexpected,
    {
      afterwards: (peer) =>
        peer.perform(messageRecord(H.certificate_request, [1, 9, 0, 8, 0, 13, 0, 4, 0, 2, 4, 3])),
    },
  ),
  ...(
    [
      ['CR-01', '4.4.2', 'CertificateRequest', H.certificate_request],
      ['CT-03', '4', 'Certificate', H.certificate],
      ['MSG-01', '4', 'CertificateVerify', H.certificate_verify],
    ] as const
  ).map(([id, ref, name, type]) =>
    rejects(id, ref, `${name} in a handshake with a pre-shared key`, ...unexpected, async () => ({
      ...(await resumed()),
      edit: writeBefore(H.finished, handshakeMessage('handshake', type, Uint8Array.of(0, 0, 0))),
    })),
  ),
]

const boundaries: readonly Case<WrongServer>[] = [
  edited(
    'REC-15',
    '5.1',
    'the beginning of EncryptedExtensions packed behind ServerHello: a key change in mid-message',
    ...excess,
    changeMessage(H.server_hello, ({ message }) => [
      record(ContentType.handshake, [...message, H.encrypted_extensions, 0, 0]),
    ]),
  ),
  edited(
    'REC-15',
    '5.1',
    'the beginning of a NewSessionTicket packed behind Finished',
    ...excess,
    writeAfter(H.finished, {
      kind: 'send',
      level: 'handshake',
      message: Uint8Array.of(H.new_session_ticket, 0),
    }),
  ),
  edited(
    'REC-16',
    '5',
    'EncryptedExtensions in the clear',
    ...unexpectedRecord,
    writeBefore(H.encrypted_extensions, messageRecord(H.encrypted_extensions, [0, 0], 'initial')),
  ),
  edited(
    'FIN-04',
    '5.1',
    'NewSessionTicket in the record of Finished',
    ...excess,
    writeAfter(H.finished, handshakeMessage('handshake', H.new_session_ticket, new Uint8Array(20))),
  ),
  rejects('FIN-07', '5.2', 'a record under handshake keys after Finished', ...badMac, {
    afterwards: (peer) => peer.perform(record(ContentType.application_data, [1], 'handshake')),
  }),
  rejects('FIN-07', '5.2', 'an alert under handshake keys after Finished', ...badMac, {
    afterwards: (peer) => peer.perform(record(ContentType.alert, [2, 40], 'handshake')),
  }),
  rejects('REC-09', '5', 'an alert in the clear after the handshake', ...unexpectedRecord, {
    afterwards: (peer) => peer.perform(record(ContentType.alert, [2, 40], 'initial')),
  }),
  rejects('REC-09', '5', 'a handshake record in the clear after the handshake', ...unexpectedRecord, {
    afterwards: (peer) => peer.perform(messageRecord(H.key_update, [0], 'initial')),
  }),
]

const notWhole: readonly Case<WrongServer>[] = [
  ...(['EncryptedExtensions', 'CertificateRequest', 'Certificate', 'CertificateVerify'] as const).flatMap(
    (name) => [
      edited(
        'MSG-05',
        '6',
        `${name} ends too early`,
        ...malformed,
        editBody(flight[name], (b) => b.subarray(0, -1)),
        asksForCertificate,
      ),
      edited(
        'MSG-05',
        '6',
        `${name} is empty`,
        ...malformed,
        editBody(flight[name], () => new Uint8Array(0)),
        asksForCertificate,
      ),
      edited(
        'MSG-06',
        '6',
        `bytes behind the last field of ${name}`,
        ...malformed,
        editBody(flight[name], (b) => Uint8Array.of(...b, 0)),
        asksForCertificate,
      ),
    ],
  ),
  edited(
    'MSG-05',
    '6',
    'ServerHello ends too early',
    ...malformed,
    editBody(H.server_hello, (b) => b.subarray(0, -1)),
  ),
  edited(
    'MSG-05',
    '6',
    'ServerHello is empty',
    ...malformed,
    editBody(H.server_hello, () => new Uint8Array(0)),
  ),
  edited(
    'MSG-06',
    '6',
    'bytes behind the last field of ServerHello',
    ...malformed,
    editBody(H.server_hello, (b) => Uint8Array.of(...b, 0)),
  ),
]

export const order: readonly Case<WrongServer>[] = [
  ...missing,
  ...swapped,
  ...repeated,
  ...foreign,
  ...boundaries,
  ...notWhole,
]
