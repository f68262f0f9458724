/** What peers of either role may do. */
import { changeMessage, writeBefore } from '@mortise/testing'
import { ContentType, HandshakeType as H } from '@mortise/wire'
import { expect } from 'vitest'
import type { Wrong } from '../scenario.ts'
import { bytes as rawBytes, none, record } from '../scripts.ts'
import { accepts, type Accepted } from './accepts.ts'

const changeCipherSpec = rawBytes(20, 3, 3, 0, 1, 1)
const canceled = record(ContentType.alert, [1, 90])
const emptyRecords = (count: number): readonly ReturnType<typeof record>[] =>
  Array.from({ length: count }, () => record(ContentType.application_data, none))

/** @param hello the peer's first message */
export function acceptedOfBoth(hello: number): readonly Accepted<Wrong>[] {
  return [
    ...[0x0300, 0x0301, 0x0304, 0x7a7a].map((version) =>
      accepts<Wrong>('OK-01', '5.1', `record version 0x${version.toString(16)} in the clear`, {
        edit: changeMessage(hello, ({ message }) => [
          { kind: 'record', type: ContentType.handshake, content: message, form: { version } },
        ]),
      }),
    ),
    accepts('OK-07', '5.1', '32 empty records, and again after some data', {
      afterwards: async (peer) => {
        await peer.perform(
          ...emptyRecords(32),
          record(ContentType.application_data, [9]),
          ...emptyRecords(32),
        )
      },
    }),
    accepts('OK-08', '5.1', 'messages in records of one byte', { maxContent: 1 }),
    accepts('OK-08', '5.1', 'messages in records of three bytes', { maxContent: 3 }),
    accepts('OK-09', '5', 'change_cipher_spec right before Finished', {
      edit: writeBefore(H.finished, changeCipherSpec),
    }),
    accepts('OK-09', '5', '31 change_cipher_spec records', {
      edit: writeBefore(H.finished, ...Array.from({ length: 31 }, () => changeCipherSpec)),
    }),
    ...[1, 255, 16_000].map((padding) =>
      accepts<Wrong>('OK-11', '5.4', `${padding} bytes of padding`, {
        edit: changeMessage(H.finished, ({ message }) => [
          { kind: 'record', type: ContentType.handshake, content: message, form: { padding } },
        ]),
        afterwards: (peer) =>
          peer.perform({
            kind: 'record',
            type: ContentType.application_data,
            content: Uint8Array.of(9),
            form: { padding },
          }),
      }),
    ),
    accepts('OK-12', '6.1', 'four user_canceled', {
      afterwards: (peer) => peer.perform(canceled, canceled, canceled, canceled),
    }),
    accepts('OK-12', '6.1', 'user_canceled before Finished', { edit: writeBefore(H.finished, canceled) }),
    accepts('OK-20', '4.7.3', 'three KeyUpdates at once that want an answer', {
      afterwards: async (peer) => {
        for (let i = 0; i < 3; i++) await peer.perform(...(await peer.keyUpdate(true)))
      },
    }),
    accepts('OK-43', '4.7.3', 'KeyUpdates that cross, both of which want an answer', {
      afterwards: async (peer, ours) => {
        const update = ours.updateKeys(true)
        await peer.perform(...(await peer.keyUpdate(true)))
        await update
      },
    }),
    accepts('KU-10', '4.7.3', 'our second request is none while the first is unanswered', {
      afterwards: async (peer, ours, settle) => {
        await ours.updateKeys(true)
        await ours.updateKeys(true)
        await settle()
        const asked = peer.heard.filter(
          ({ kind, bytes }) => kind === 'handshake' && bytes[0] === H.key_update,
        )
        expect(asked.map(({ bytes }) => bytes.at(-1))).toEqual([1, 0])
      },
    }),
    accepts('OK-21', '4.7.3', 'a KeyUpdate when we have closed', {
      afterwards: async (peer, ours, settle) => {
        await ours.close()
        await settle()
        await peer.perform(...(await peer.keyUpdate(true)))
      },
    }),
    accepts('KU-05', '–', '32 KeyUpdates, and again after some data', {
      afterwards: async (peer) => {
        for (let i = 0; i < 32; i++) await peer.perform(...(await peer.keyUpdate(false)))
        await peer.perform(record(ContentType.application_data, [9]))
        for (let i = 0; i < 32; i++) await peer.perform(...(await peer.keyUpdate(false)))
      },
    }),
  ]
}

/** The peer has closed its side, so no data comes from it any more. */
export const closing: readonly { readonly what: string; readonly alert: readonly number[] }[] = [
  { what: 'close_notify at level fatal', alert: [2, 0] },
  { what: 'close_notify at level warning', alert: [1, 0] },
]

export function closedBy(alert: readonly number[]): Wrong {
  return {
    afterwards: async (peer, ours, settle) => {
      await peer.perform(record(ContentType.alert, alert), record(ContentType.application_data, [4, 5, 6]))
      await settle()
      await ours.write(Uint8Array.of(7, 8, 9))
      await settle()
      await ours.close()
      await settle()
      expect(peer.heard.slice(-2).map((heard) => [heard.kind, ...heard.bytes])).toEqual([
        ['applicationData', 7, 8, 9],
        ['alert', 1, 0],
      ])
    },
  }
}
