/** The peer's bytes, taken apart and handled one event after the other. */
import type { MaybePromise } from '@mortise/crypto'
import type { HandshakeAction } from '@mortise/handshake'
import type { RecordEvent } from '@mortise/record'
import { AlertDescription, codeText, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { guard } from './failing.ts'
import { destroy, peerClosed, type Shared } from './shared.ts'

type EventOf<Kind extends RecordEvent['kind']> = Extract<RecordEvent, { kind: Kind }>

export interface Receiving {
  /** `Connection['receive']` */
  readonly receive: (bytes: Uint8Array) => MaybePromise<void>
  /** Runs `job` when all that was received has been handled: at once if nothing is on its way. */
  readonly afterwards: (job: () => MaybePromise<void>) => MaybePromise<void>
}

export function createReceive(
  shared: Shared,
  perform: (actions: readonly HandshakeAction[]) => Promise<void>,
): Receiving {
  const { reader, events, handshake, output, lane } = shared
  let pumping: Promise<void> | undefined

  /** Takes events from the reader until it needs more bytes. */
  const pump = (): MaybePromise<void> => {
    for (;;) {
      const event = reader.next()
      const done = event instanceof Promise ? event.then(handle) : handle(event)
      if (done instanceof Promise) return done.then((more) => (more ? pump() : output.flush()))
      if (!done) return output.flush()
    }
  }

  /** Answers whether there may be more. */
  const handle = (event: RecordEvent | undefined): MaybePromise<boolean> => {
    if (!event || shared.failure || shared.readClosed) return false
    switch (event.kind) {
      case 'applicationData':
        return handleData(event)
      case 'alert':
        return handleAlert(shared, event)
      case 'handshake':
        return handleHandshake(event)
    }
  }

  const handleData = ({ data, epoch }: EventOf<'applicationData'>): boolean => {
    events.trace?.({ direction: 'received', kind: 'applicationData', level: epoch, bytes: data })
    handshake.applicationDataReceived()
    if (epoch === 'early') events.earlyData?.(data)
    else events.data(data)
    return true
  }

  const handleHandshake = async ({ message, epoch }: EventOf<'handshake'>): Promise<boolean> => {
    events.trace?.({ direction: 'received', kind: 'handshake', level: epoch, bytes: message })
    const wasConnected = shared.info !== undefined
    await lane.run(async () => perform(await handshake.receive(message, epoch)))
    if (shared.info && !wasConnected) {
      await output.flush()
      events.connected(shared.info)
    }
    return true
  }

  /** Pumps, and then what was appended while the last event was on its way. */
  const drain = (): MaybePromise<void> => {
    const done = guard(shared, pump)
    if (!(done instanceof Promise)) return undefined
    return follow(done)
  }

  /** `done` is what others wait for, until it has settled. */
  const follow = (done: Promise<void>): Promise<void> => {
    const settled: Promise<void> = done.then(() => {
      if (pumping === settled) pumping = undefined
    })
    pumping = settled
    return settled
  }

  return {
    receive: (bytes) => {
      if (shared.failure || shared.readClosed) return undefined
      if (pumping) {
        // Not borrowed: the caller did not wait for the answer to the bytes before
        reader.append(bytes.slice())
        return follow(pumping.then(() => (shared.failure || reader.buffered === 0 ? undefined : drain())))
      }
      reader.append(bytes)
      return drain()
    },
    afterwards: (job) => (pumping ? pumping.then(job) : job()),
  }
}

function handleAlert(shared: Shared, { level, description, epoch }: EventOf<'alert'>): boolean {
  const bytes = Uint8Array.of(level, description)
  shared.events.trace?.({ direction: 'received', kind: 'alert', level: epoch, bytes })
  if (description === AlertDescription.user_canceled) return true
  if (description !== AlertDescription.close_notify || !shared.info)
    throw new TlsError(faults.ERR_TLS_ALERT_RECEIVED, {
      alert: description,
      detail: inWords && codeText.alertDescription(description),
    })
  shared.readClosed = true
  for (const giveUp of shared.waiting) giveUp(peerClosed())
  shared.events.peerClosed()
  if (shared.closeSent) destroy(shared)
  return false
}
