/** Clients that do wrong with early data (RFC 9846 §4.3.10, §4.6). */
import {
  changeMessage,
  dropMessage,
  editBody,
  handshakeMessage,
  inFlight,
  writeAfter,
  writeBefore,
  type Edit,
  type PeerAction,
} from '@mortise/testing'
import { ContentType, HandshakeType as H } from '@mortise/wire'
import { rejects, type Case } from '../cases.ts'
import {
  badMac,
  malformed,
  tooMuchEarlyData,
  tooMuchSkipped,
  unexpected,
  unexpectedRecord,
  type Refusal,
} from '../refusals.ts'
import type { WrongClient } from '../scenario.ts'
import { bytes, messageRecord, record } from '../scripts.ts'
import { resuming, retrying, sharingKey } from './settings.ts'

const data = (length: number, level?: 'early' | 'handshake'): PeerAction =>
  record(ContentType.application_data, new Uint8Array(length), level)

/** Written right behind the ClientHello, under early keys. */
const early = (...actions: readonly PeerAction[]): Edit => inFlight(0, (flight) => [...flight, ...actions])

type Row = readonly [id: string, ref: string, what: string, refusal: Refusal, edit: Edit]

const accepted: readonly Row[] = [
  ['ED-01', '4.7.1', 'a byte too much', tooMuchEarlyData, early(data(1000), data(1))],
  ['ED-01', '4.7.1', 'one record that is too much', tooMuchEarlyData, early(data(1001))],
  [
    'ED-06',
    '4',
    'Finished under early keys',
    unexpected,
    early(messageRecord(H.finished, new Uint8Array(32))),
  ],
  ['ED-06', '4', 'KeyUpdate under early keys', unexpected, early(messageRecord(H.key_update, [0]))],
  ['ED-06', '4', 'ClientHello under early keys', unexpected, early(messageRecord(H.client_hello, [3, 3]))],
  [
    'ED-06',
    '4',
    'Certificate under early keys',
    unexpected,
    early(messageRecord(H.certificate, [0, 0, 0, 0])),
  ],
  ['ED-07', '4.6', 'EndOfEarlyData is left out', badMac, dropMessage(H.end_of_early_data)],
  [
    'ED-08',
    '4.6',
    'EndOfEarlyData with a body',
    malformed,
    editBody(H.end_of_early_data, () => Uint8Array.of(0)),
  ],
  [
    'ED-10',
    '4.6',
    'application data between EndOfEarlyData and Finished',
    unexpectedRecord,
    writeBefore(H.finished, data(1)),
  ],
  [
    'ED-14',
    '5.2',
    'a record of noise among early data',
    badMac,
    early(data(5), bytes(23, 3, 3, 0, 40, ...new Uint8Array(40))),
  ],
  [
    'MSG-01',
    '4',
    'EndOfEarlyData twice',
    unexpected,
    writeBefore(H.finished, handshakeMessage('handshake', H.end_of_early_data)),
  ],
  [
    'REC-14',
    '5.1',
    'the beginning of Finished behind EndOfEarlyData',
    ['unexpected_message', 'ERR_TLS_EXCESS_HANDSHAKE_DATA'],
    changeMessage(H.end_of_early_data, ({ message }) => [
      record(ContentType.handshake, [...message, H.finished, 0]),
    ]),
  ],
  [
    'REC-11',
    '5.4',
    'an empty handshake record under early keys',
    ['unexpected_message', 'ERR_TLS_EMPTY_FRAGMENT'],
    early(record(ContentType.handshake, [])),
  ],
  ['REC-08', '5', 'an unknown inner type under early keys', unexpectedRecord, early(record(99, [1]))],
  [
    'REC-16',
    '5',
    'EndOfEarlyData in the clear',
    unexpectedRecord,
    early(messageRecord(H.end_of_early_data, [], 'initial')),
  ],
]

/** A server that does not take the early data that is offered. */
async function refusing(): Promise<WrongClient> {
  const { client, server } = await resuming(1000)
  const { tickets } = server ?? {}
  return { client: client ?? {}, server: tickets ? { tickets: { store: tickets.store } } : {} }
}

const refused: readonly Row[] = [
  ['ED-02', '4.3.10', 'more early data than is skipped', badMac, early(data(10_000), data(10_000))],
  [
    'ED-02',
    '4.3.10',
    'noise behind the last record that is skipped',
    badMac,
    early(...Array.from({ length: 17 }, () => data(1000))),
  ],
  [
    'ED-03',
    '4.3.10',
    'an undecipherable record after one that was deciphered',
    badMac,
    changeMessage(H.finished, ({ message }) => [
      record(ContentType.handshake, message.subarray(0, 9)),
      data(5, 'early'),
    ]),
  ],
  [
    'ED-09',
    '4',
    'EndOfEarlyData although early data was refused',
    unexpected,
    writeBefore(H.finished, handshakeMessage('handshake', H.end_of_early_data)),
  ],
]

const afterRetry: readonly Row[] = [
  [
    'ED-04',
    '4.3.10',
    'more early data than is skipped, after HelloRetryRequest',
    tooMuchSkipped,
    early(data(10_000), data(10_000)),
  ],
  [
    'ED-04',
    '4.3.10',
    'early data after the second ClientHello',
    badMac,
    inFlight(1, writeAfter(H.client_hello, data(100, 'early'))),
  ],
  [
    'ED-04',
    '4.3.10',
    'early data after the first record under handshake keys',
    badMac,
    changeMessage(H.finished, ({ message }) => [
      record(ContentType.handshake, message.subarray(0, 9)),
      data(5, 'early'),
    ]),
  ],
]

export const earlyData: readonly Case<WrongClient>[] = [
  ...accepted.map(([id, ref, what, refusal, edit]) =>
    rejects<WrongClient>(id, ref, what, ...refusal, async () => ({ ...(await resuming(1000)), edit })),
  ),
  ...refused.map(([id, ref, what, refusal, edit]) =>
    rejects<WrongClient>(id, ref, what, ...refusal, async () => ({ ...(await refusing()), edit })),
  ),
  ...afterRetry.map(([id, ref, what, refusal, edit]) =>
    rejects<WrongClient>(id, ref, what, ...refusal, async () => {
      const { client, server } = await resuming(1000)
      return { client: { ...client, ...retrying.client }, server: { ...server, ...retrying.server }, edit }
    }),
  ),
  rejects(
    'ED-05',
    '5.2',
    'undecipherable records although early data was not offered',
    ...badMac,
    async () => ({
      ...(await resuming()),
      edit: writeBefore(H.finished, bytes(23, 3, 3, 0, 40, ...new Uint8Array(40))),
    }),
  ),
  rejects(
    'ED-05',
    '5.2',
    'application data behind the ClientHello although early data was not offered',
    ...badMac,
    async () => ({
      ...(await resuming()),
      edit: early(bytes(23, 3, 3, 0, 40, ...new Uint8Array(40))),
    }),
  ),
  rejects('ED-09', '4', 'EndOfEarlyData with an external key and no early data', ...unexpected, {
    ...sharingKey,
    edit: writeBefore(H.finished, handshakeMessage('handshake', H.end_of_early_data)),
  }),
]
