/** Peers of either role whose records are wrong (RFC 9846 §5), under each kind of keys. */
import { changeMessage, editBody, writeBefore, type PeerAction } from '@mortise/testing'
import { ContentType, HandshakeType as H } from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import {
  badChangeCipherSpec,
  badFinished,
  badMac,
  emptyFragment,
  excess,
  interleaved,
  manyChangeCipherSpecs,
  manyEmptyRecords,
  messageTooLong,
  noContentType,
  notTls,
  overflow,
  unexpectedRecord,
  type Refusal,
} from '../refusals.ts'
import type { Wrong } from '../scenario.ts'
import { applicationData, bytes, flipLast, halves, messageRecord, none, record } from '../scripts.ts'

type Row = readonly [id: string, ref: string, what: string, refusal: Refusal, ...actions: PeerAction[]]

const zeros = (length: number): Uint8Array => new Uint8Array(length)
const text = (line: string): PeerAction => bytes(...new TextEncoder().encode(line))
const padded = (type: number): PeerAction => ({
  kind: 'record',
  type,
  content: none,
  form: { padding: 40 },
})

/** What is wrong wherever there are keys. */
const underKeys: readonly Row[] = [
  [
    'REC-02',
    '5.2',
    'a record longer than 2^14 + 256',
    overflow,
    bytes(23, 3, 3, 0x41, 0x01, ...zeros(16_641)),
  ],
  ['REC-02', '5.2', 'the header of a record of 2^16 - 1 bytes', overflow, bytes(23, 3, 3, 0xff, 0xff)],
  [
    'REC-03',
    '5.4',
    'content, type and padding longer than 2^14 + 1',
    overflow,
    { kind: 'inner', bytes: Uint8Array.of(1, ContentType.application_data, ...zeros(16_384)) },
  ],
  ['REC-05', '5.2', 'a record shorter than the tag', badMac, bytes(23, 3, 3, 0, 15, ...zeros(15))],
  ['REC-05', '5.2', 'a record of no bytes', badMac, bytes(23, 3, 3, 0, 0)],
  ['REC-04', '5.2', 'a record of noise', badMac, bytes(23, 3, 3, 0, 40, ...zeros(40))],
  [
    'REC-04',
    '5.3',
    'a record with the next but one sequence number',
    badMac,
    { kind: 'record', type: ContentType.alert, content: Uint8Array.of(2, 40), form: { sequenceNumber: 77 } },
  ],
  ['REC-06', '5.4', 'a bare tag', noContentType, { kind: 'inner', bytes: none }],
  ['REC-06', '5.4', 'nothing but padding', noContentType, { kind: 'inner', bytes: zeros(20) }],
  ['REC-07', '5', 'a record of type 99', unexpectedRecord, bytes(99, 3, 3, 0, 1, 0)],
  ['REC-07', '5', 'a heartbeat record', unexpectedRecord, bytes(24, 3, 3, 0, 3, 1, 0, 0)],
  ['REC-08', '5', 'an inner type of 99', unexpectedRecord, record(99, [1])],
  [
    'CCS-02',
    '5',
    'a protected change_cipher_spec',
    unexpectedRecord,
    record(ContentType.change_cipher_spec, [1]),
  ],
  ['REC-11', '5.4', 'an empty handshake record', emptyFragment, record(ContentType.handshake, none)],
  ['REC-11', '5.4', 'an empty handshake record with padding', emptyFragment, padded(ContentType.handshake)],
  ['REC-12', '5.4', 'an empty alert record', emptyFragment, record(ContentType.alert, none)],
  ['REC-12', '5.4', 'an empty alert record with padding', emptyFragment, padded(ContentType.alert)],
  [
    'REC-21',
    '4',
    'a message that announces 2^24 - 1 bytes',
    messageTooLong,
    record(ContentType.handshake, [H.finished, 255, 255, 255]),
  ],
  [
    'REC-16',
    '5',
    'a clear handshake record',
    unexpectedRecord,
    messageRecord(H.finished, zeros(32), 'initial'),
  ],
]

/** What is wrong before there are keys. */
const clear: readonly Row[] = [
  ['REC-01', '5.1', 'a record longer than 2^14', overflow, record(ContentType.handshake, zeros(16_385))],
  ['REC-07', '5', 'a record of type 99', unexpectedRecord, record(99, [1])],
  ['REC-07', '5', 'a heartbeat record', unexpectedRecord, record(24, [1, 0, 0])],
  ['REC-10', '5.1', 'application data before there are keys', unexpectedRecord, applicationData],
  [
    'REC-21',
    '4',
    'a message that announces 2^24 - 1 bytes',
    messageTooLong,
    record(ContentType.handshake, [1, 255, 255, 255]),
  ],
  ['REC-22', '–', 'an HTTP request', notTls, text('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  ['REC-22', '–', 'a request to a proxy', notTls, text('CONNECT localhost:443 HTTP/1.1\r\n\r\n')],
  ['REC-22', '–', 'an HTTP response', notTls, text('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['REC-22', '–', 'noise', notTls, text('What is this?')],
  ['REC-26', '5.1', 'an empty handshake record', emptyFragment, record(ContentType.handshake, none)],
  ['REC-26', '5.1', 'an empty alert record', emptyFragment, record(ContentType.alert, none)],
]

/** What is wrong once the handshake is over. */
const afterwards: readonly Row[] = [
  ['CCS-04', '5', 'change_cipher_spec after Finished', unexpectedRecord, bytes(20, 3, 3, 0, 1, 1)],
  ['REC-09', '5', 'an alert in the clear', unexpectedRecord, bytes(21, 3, 3, 0, 2, 2, 40)],
  [
    'REC-20',
    '–',
    '33 empty records',
    manyEmptyRecords,
    ...Array.from({ length: 33 }, () => record(ContentType.application_data, none)),
  ],
  [
    'REC-20',
    '–',
    '33 empty records with padding',
    manyEmptyRecords,
    ...Array.from({ length: 33 }, () => padded(ContentType.application_data)),
  ],
  [
    'FIN-07',
    '4.5.3',
    'application data under handshake keys',
    badMac,
    record(ContentType.application_data, [1], 'handshake'),
  ],
  [
    'FIN-07',
    '4.5.3',
    'an alert under handshake keys',
    badMac,
    record(ContentType.alert, [2, 40], 'handshake'),
  ],
  [
    'REC-13',
    '5.1',
    'application data in the middle of a KeyUpdate',
    interleaved,
    record(ContentType.handshake, [H.key_update, 0]),
    applicationData,
  ],
  [
    'REC-13',
    '5.1',
    'an alert in the middle of a KeyUpdate',
    interleaved,
    record(ContentType.handshake, [H.key_update, 0]),
    record(ContentType.alert, [1, 0]),
  ],
]

/** @param hello the peer's first message */
export function records(hello: number): readonly Case<Wrong>[] {
  return [
    ...clear.map(([id, ref, what, refusal, ...actions]) =>
      edited<Wrong>(id, ref, `${what}, before the first message`, ...refusal, writeBefore(hello, ...actions)),
    ),
    ...underKeys.map(([id, ref, what, refusal, ...actions]) =>
      edited<Wrong>(id, ref, `${what}, before Finished`, ...refusal, writeBefore(H.finished, ...actions)),
    ),
    ...[...underKeys, ...afterwards].map(([id, ref, what, refusal, ...actions]) =>
      rejects<Wrong>(id, ref, `${what}, after the handshake`, ...refusal, {
        afterwards: (peer) => peer.perform(...actions),
      }),
    ),
    edited(
      'REC-17',
      '4.5.3',
      'application data before Finished',
      ...unexpectedRecord,
      writeBefore(H.finished, applicationData),
    ),
    edited(
      'REC-13',
      '5.1',
      'an alert in the middle of the first message',
      ...interleaved,
      changeMessage(hello, (send) => halves(send, record(ContentType.alert, [2, 40]))),
    ),
    edited(
      'REC-13',
      '5.1',
      'application data in the middle of Finished',
      ...interleaved,
      changeMessage(H.finished, (send) => halves(send, applicationData)),
    ),
    edited(
      'CCS-05',
      '5.1',
      'change_cipher_spec in the middle of Finished',
      ...interleaved,
      changeMessage(H.finished, (send) => halves(send, bytes(20, 3, 3, 0, 1, 1))),
    ),
    edited(
      'REC-14',
      '5.1',
      'the beginning of another message behind Finished: a key change in mid-message',
      ...excess,
      changeMessage(H.finished, ({ message }) => [
        record(ContentType.handshake, [...message, H.key_update, 0]),
      ]),
    ),
    edited(
      'FIN-04',
      '5.1',
      'a whole KeyUpdate in the record of Finished',
      ...excess,
      changeMessage(H.finished, ({ message }) => [
        record(ContentType.handshake, [...message, H.key_update, 0, 0, 1, 0]),
      ]),
    ),
    ...changeCipherSpecs,
    ...finished,
    rejects(
      'REC-24',
      'RFC 8449 4',
      'a record longer than the record_size_limit that we announced',
      ...overflow,
      {
        ...limited,
        afterwards: (peer) => peer.perform(record(ContentType.application_data, zeros(100))),
      },
    ),
    rejects(
      'REC-24',
      'RFC 8449 4',
      'a record that is longer than record_size_limit by its padding',
      ...overflow,
      {
        ...limited,
        afterwards: (peer) =>
          peer.perform({
            kind: 'record',
            type: ContentType.application_data,
            content: zeros(50),
            form: { padding: 50 },
          }),
      },
    ),
    rejects('REC-27', '5.2', 'another version in the header of a protected record', ...badMac, {
      edit: alteredVersion,
    }),
    rejects('REC-04', '5.2', 'a record that comes twice', ...badMac, {
      afterwards: async (peer) => {
        await peer.perform(applicationData)
        await peer.perform({
          kind: 'record',
          type: ContentType.application_data,
          content: Uint8Array.of(1),
          form: { sequenceNumber: 0 },
        })
      },
    }),
  ]
}

/** Both ends take no more than 100 bytes of content and type. */
const limited = { client: { recordSizeLimit: 100 }, server: { recordSizeLimit: 100 } }

/** A sealed record is told another version than the one it says. */
const alteredVersion = changeMessage(H.finished, (send) => [
  {
    kind: 'record',
    type: ContentType.handshake,
    content: send.message,
    form: { version: 0x0303, sentVersion: 0x0301 },
  },
])

const finished: readonly Case<Wrong>[] = [
  edited('FIN-01', '4.5.3', 'a wrong Finished', ...badFinished, editBody(H.finished, flipLast)),
  edited(
    'FIN-01',
    '4.5.3',
    'a Finished of zeros',
    ...badFinished,
    editBody(H.finished, (body) => zeros(body.length)),
  ),
  ...[0, 1].map((more) =>
    edited<Wrong>(
      'FIN-02',
      '4.5.3',
      `a Finished that is a byte too ${more ? 'long' : 'short'}`,
      ...badFinished,
      editBody(H.finished, (body) => zeros(body.length - 1 + 2 * more)),
    ),
  ),
  edited(
    'FIN-02',
    '4.5.3',
    'a Finished of no bytes',
    ...badFinished,
    editBody(H.finished, () => none),
  ),
]

const changeCipherSpecs: readonly Case<Wrong>[] = [
  ...[[], [1, 1], [2], [0]].map((content) =>
    edited<Wrong>(
      'CCS-01',
      '5',
      `change_cipher_spec of ${JSON.stringify(content)}`,
      ...badChangeCipherSpec,
      writeBefore(H.finished, bytes(20, 3, 3, 0, content.length, ...content)),
    ),
  ),
  edited(
    'CCS-06',
    '–',
    '33 change_cipher_spec records',
    ...manyChangeCipherSpecs,
    writeBefore(H.finished, ...Array.from({ length: 33 }, () => bytes(20, 3, 3, 0, 1, 1))),
  ),
]
