/** Servers whose messages are not in order (RFC 9846 §4, §5.1), or not whole. */
import {
  changeMessage,
  dropMessage,
  handshakeMessage,
  repeatMessage,
  writeAfter,
  writeBefore,
} from '@mortise/testing'
import { ContentType, HandshakeType as H, helloRetryRequestRandom } from '@mortise/wire'
import {
  afterTheHandshake,
  beforeFinished,
  inEachOthersPlace,
  notWhole,
  order as orderOfBoth,
  twice,
} from '../both/order.ts'
import { edited, rejects, type Case } from '../cases.ts'
import { clientCredential, type WrongServer } from '../scenario.ts'
import { badMac, excess, unexpected, unexpectedRecord } from '../refusals.ts'
import { alone, applicationData, messageRecord, record } from '../scripts.ts'
import { resumed } from './settings.ts'

const verifier = { verify: () => ({ publicKey: clientCredential.key.publicKey, certificates: [] }) }
const asksForCertificate: WrongServer = { server: { clientAuthentication: { required: false, verifier } } }

const encryptedExtensions = ['EncryptedExtensions', H.encrypted_extensions] as const
const certificateRequest = ['CertificateRequest', H.certificate_request] as const
const certificate = ['Certificate', H.certificate] as const
const finished = ['Finished', H.finished] as const

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
  rejects('REC-04', '5.2', 'Finished is left out, and data follows', ...badMac, {
    edit: dropMessage(H.finished),
    afterwards: (peer) => peer.perform(applicationData),
  }),
]

const swapped: readonly Case<WrongServer>[] = [
  inEachOthersPlace(encryptedExtensions, certificate, asksForCertificate),
  inEachOthersPlace(encryptedExtensions, finished, asksForCertificate),
  inEachOthersPlace(certificateRequest, certificate, asksForCertificate),
  inEachOthersPlace(encryptedExtensions, certificateRequest, asksForCertificate),
]

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
  twice(encryptedExtensions, asksForCertificate),
  twice(certificateRequest, asksForCertificate),
]

const foreign: readonly Case<WrongServer>[] = [
  ...(
    [
      ['MSG-01', 'ClientHello', H.client_hello],
      ['ED-11', 'EndOfEarlyData', H.end_of_early_data],
      ['CT-22', 'CompressedCertificate, for which nobody asked', H.compressed_certificate],
    ] as const
  ).flatMap((message) => [beforeFinished(message), afterTheHandshake(message)]),
  beforeFinished(['NST-01', 'NewSessionTicket', H.new_session_ticket]),
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

export const order: readonly Case<WrongServer>[] = [
  ...orderOfBoth(asksForCertificate),
  ...missing,
  ...swapped,
  ...repeated,
  ...foreign,
  ...boundaries,
  ...notWhole(encryptedExtensions, asksForCertificate),
  ...notWhole(certificateRequest, asksForCertificate),
  ...notWhole(['ServerHello', H.server_hello], {}),
]
