/** What the parts of a connection share. Each field is written in one part and read in the others. */
import type { MaybePromise } from '@mortise/crypto'
import type { Handshake, HandshakeInfo } from '@mortise/handshake'
import { createRecordReader, createRecordWriter, type RecordReader, type RecordWriter } from '@mortise/record'
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { ConnectionOptions } from './api.ts'
import type { ConnectionEvents } from './events.ts'
import { createLane, type Lane } from './lane.ts'
import { createOutput, type Output } from './output.ts'

export interface Shared {
  readonly handshake: Handshake
  readonly events: ConnectionEvents
  readonly reader: RecordReader
  readonly writer: RecordWriter
  readonly output: Output
  /** Steps of the handshake and writes: one at a time. */
  readonly lane: Lane
  info: HandshakeInfo | undefined
  /** Write keys that are being derived: whatever is sent waits for them. */
  installing: Promise<void> | undefined
  failure: TlsError | undefined
  /** Settles when the alert for `failure`, if there is one, is on its way, and `failed` was told. */
  lastWords: MaybePromise<void>
  /** Our close_notify is on its way: nothing may be written any more. */
  writeClosed: boolean
  /** Our close_notify has been sent. */
  closeSent: boolean
  /** The peer has sent close_notify. */
  readClosed: boolean
  /** Whoever waits for something that can't come any more after the peer's close_notify. */
  readonly waiting: Set<(error: TlsError) => void>
  /** Bytes of early data that may still be written (client). */
  earlyDataLeft: number
  /** Early data was accepted, so that application data may go out before the client's Finished (server). */
  halfRtt: boolean
}

export function createShared(options: ConnectionOptions): Shared {
  const { handshake, events } = options
  const { role } = handshake
  return {
    handshake,
    events,
    reader: createRecordReader({ role, ...options.reader }),
    writer: createRecordWriter({ role, ...options.writer }),
    output: createOutput(events.send),
    lane: createLane(),
    info: undefined,
    installing: undefined,
    failure: undefined,
    lastWords: undefined,
    writeClosed: false,
    closeSent: false,
    readClosed: false,
    waiting: new Set(),
    earlyDataLeft: 0,
    halfRtt: false,
  }
}

/** Why nothing more can be expected of the peer. */
export const peerClosed = (): TlsError =>
  new TlsError(faults.ERR_TLS_CLOSED, { detail: inWords && 'the peer has sent close_notify' })

/** All secrets are gone; nothing can be read or written any more. */
export function destroy({ reader, writer, handshake }: Shared): void {
  reader.destroy()
  writer.destroy()
  handshake.destroy()
}
