/** KeyUpdates from peers of either role (RFC 9846 §4.7.3). */
import { handshakeMessage, writeBefore, type ScriptedPeer } from '@mortise/testing'
import { ContentType, HandshakeType as H } from '@mortise/wire'
import { edited, rejects, type Case } from '../cases.ts'
import { badKeyUpdate, badMac, excess, malformed, manyKeyUpdates, unexpected } from '../refusals.ts'
import type { Wrong } from '../scenario.ts'
import { applicationData, messageRecord, record } from '../scripts.ts'

const after = (run: (peer: ScriptedPeer) => Promise<void>): Wrong => ({ afterwards: run })
const flood =
  (request: boolean) =>
  async (peer: ScriptedPeer): Promise<void> => {
    for (let i = 0; i < 33; i++) await peer.perform(...(await peer.keyUpdate(request)))
  }

export const keyUpdate: readonly Case<Wrong>[] = [
  ...[2, 255].map((value) =>
    rejects(
      'KU-01',
      '4.7.3',
      `request_update ${value}`,
      ...badKeyUpdate,
      after((peer) => peer.perform(messageRecord(H.key_update, [value]))),
    ),
  ),
  rejects(
    'MSG-13',
    '6',
    'a value without a meaning where none is to be ignored',
    ...badKeyUpdate,
    after((peer) => peer.perform(messageRecord(H.key_update, [7]))),
  ),
  ...[[], [0, 0]].map((body) =>
    rejects(
      'KU-02',
      '6',
      `a KeyUpdate of ${body.length} bytes`,
      ...malformed,
      after((peer) => peer.perform(messageRecord(H.key_update, body))),
    ),
  ),
  edited(
    'KU-03',
    '4.7.3',
    'KeyUpdate before Finished',
    ...unexpected,
    writeBefore(H.finished, handshakeMessage('handshake', H.key_update, Uint8Array.of(0))),
  ),
  rejects(
    'KU-04',
    '5.1',
    'two KeyUpdates in one record',
    ...excess,
    after((peer) =>
      peer.perform(record(ContentType.handshake, [H.key_update, 0, 0, 1, 0, H.key_update, 0, 0, 1, 0])),
    ),
  ),
  rejects(
    'REC-14',
    '5.1',
    'the beginning of another message behind a KeyUpdate',
    ...excess,
    after((peer) => peer.perform(record(ContentType.handshake, [H.key_update, 0, 0, 1, 0, H.key_update]))),
  ),
  ...[false, true].map((request) =>
    rejects(
      'KU-05',
      '–',
      `33 KeyUpdates that ${request ? 'want' : 'do not want'} an answer`,
      ...manyKeyUpdates,
      after(flood(request)),
    ),
  ),
  rejects(
    'KU-07',
    '4.7.3',
    'the old key after a KeyUpdate',
    ...badMac,
    after((peer) => peer.perform(messageRecord(H.key_update, [0]), applicationData)),
  ),
  rejects(
    'REC-25',
    '4.7.3',
    'an alert under the old key after a KeyUpdate',
    ...badMac,
    after((peer) => peer.perform(messageRecord(H.key_update, [0]), record(ContentType.alert, [1, 0]))),
  ),
  rejects(
    'KU-08',
    '4.7.3',
    'the next key without a KeyUpdate',
    ...badMac,
    after(async (peer) => {
      const actions = await peer.keyUpdate(false)
      await peer.perform(...actions.filter(({ kind }) => kind === 'installWriteKeys'), applicationData)
    }),
  ),
]
