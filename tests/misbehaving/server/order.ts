/** Clients whose messages are not in order (RFC 9846 §4, §5.1), or not whole. */
import {
  changeMessage,
  dropMessage,
  handshakeMessage,
  repeatMessage,
  writeAfter,
  writeBefore,
} from '@mortise/testing'
import { ContentType, HandshakeType as H } from '@mortise/wire'
import { afterTheHandshake, beforeFinished, foreignTypes, order as orderOfBoth } from '../both/order.ts'
import { edited, rejects, type Case } from '../cases.ts'
import {
  alertReceived,
  badMac,
  excess,
  notTls,
  truncated,
  unexpected,
  unexpectedRecord,
} from '../refusals.ts'
import type { WrongClient } from '../scenario.ts'
import { applicationData, bytes, messageRecord, record } from '../scripts.ts'
import { authenticating, resuming } from './settings.ts'

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
]

const misplaced = [
  ['MSG-01', 'ServerHello', H.server_hello],
  ['MSG-01', 'EncryptedExtensions', H.encrypted_extensions],
  ['NST-02', 'NewSessionTicket', H.new_session_ticket],
  ['CR-11', 'CertificateRequest', H.certificate_request],
  ['ED-09', 'EndOfEarlyData', H.end_of_early_data],
  ['CT-03', 'Certificate', H.certificate],
  ['CT-22', 'CompressedCertificate', H.compressed_certificate],
  ['MSG-01', 'CertificateVerify', H.certificate_verify],
] as const
const secondHello = ['CH-47', 'ClientHello', H.client_hello] as const

const foreign: readonly Case<WrongClient>[] = [
  ...[...misplaced, secondHello].flatMap((message) => [beforeFinished(message), afterTheHandshake(message)]),
  ...[...foreignTypes, ...misplaced].map(([id, what, type]) =>
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

export const order: readonly Case<WrongClient>[] = [
  ...orderOfBoth(authenticating),
  ...missing,
  ...repeated,
  ...foreign,
  ...notTls13,
  ...boundaries,
]
