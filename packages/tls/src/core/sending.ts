/** Application data, early data and close_notify. */
import type { MaybePromise } from '@mortise/crypto'
import { AlertDescription, AlertLevel, ContentType, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { attempt, guard, sendAlert } from './failing.ts'
import { destroy, type Shared } from './shared.ts'

/** @throws TlsError if nothing may be written (any more) */
export function requireWritable({ failure, writeClosed, info, halfRtt, writer }: Shared): void {
  if (failure) throw failure
  if (writeClosed)
    throw new TlsError(faults.ERR_TLS_CLOSED, { detail: inWords && 'close_notify has been sent' })
  if (!info && !(halfRtt && writer.epoch === 'application')) throw new TlsError(faults.ERR_TLS_NOT_CONNECTED)
}

/** How keys are renewed around a write. */
export interface KeyUpdates {
  /** Sends the KeyUpdate that the peer has asked for, from within a job of the lane. */
  readonly answer: () => Promise<void>
  /** Starts one of our own, behind what is being written. */
  readonly begin: () => void
}

export function write(shared: Shared, bytes: Uint8Array, keyUpdates: KeyUpdates): MaybePromise<void> {
  requireWritable(shared)
  if (bytes.length === 0) return undefined
  const { lane, output, writer, events, handshake } = shared
  const send = (): MaybePromise<void> => {
    requireWritable(shared)
    events.trace?.({ direction: 'sent', kind: 'applicationData', level: writer.epoch, bytes })
    const added = output.add(writer.write(ContentType.application_data, bytes))
    if (writer.shouldUpdateKeys) keyUpdates.begin()
    return added
  }
  // RFC 9846 §4.7.3: the answer to a KeyUpdate is due before the next application data
  return attempt(shared, () => {
    const written = lane.run(() => (handshake.owesKeyUpdate ? keyUpdates.answer().then(send) : send()))
    return written instanceof Promise ? written.then(output.flush) : output.flush()
  })
}

/** For clients that offer early data: see `Connection`. */
export function writeEarlyData(shared: Shared, bytes: Uint8Array): MaybePromise<number> {
  const { lane, output, writer, events } = shared
  const send = (): MaybePromise<number> => {
    const length = Math.min(bytes.length, writer.epoch === 'early' ? shared.earlyDataLeft : 0)
    if (length === 0 || shared.failure) return 0
    shared.earlyDataLeft -= length
    const part = bytes.subarray(0, length)
    events.trace?.({ direction: 'sent', kind: 'applicationData', level: 'early', bytes: part })
    const added = output.add(writer.write(ContentType.application_data, part))
    const flushed = added instanceof Promise ? added.then(output.flush) : output.flush()
    return flushed instanceof Promise ? flushed.then(() => length) : length
  }
  return attempt(shared, () => lane.run(send))
}

export function close(shared: Shared): MaybePromise<void> {
  if (shared.failure) return shared.lastWords
  return guard(shared, () =>
    shared.lane.run(() => {
      // Who asks again waits for the same close_notify, or for the same alert
      if (shared.writeClosed || shared.failure) return shared.lastWords
      const sent = sendAlert(shared, AlertLevel.warning, AlertDescription.close_notify)
      shared.writeClosed = true
      const finish = (): void => {
        shared.closeSent = true
        if (shared.readClosed) destroy(shared)
      }
      return sent instanceof Promise ? sent.then(finish) : finish()
    }),
  )
}
