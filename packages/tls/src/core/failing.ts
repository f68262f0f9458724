/** The one place where an error becomes an alert (RFC 9846 §6.2). */
import type { MaybePromise } from '@mortise/crypto'
import { AlertDescription, AlertLevel, ContentType, isTlsError, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { protectedLevel, recordKeys } from './flight.ts'
import { destroy, type Shared } from './shared.ts'

/**
 * One alert under the current write keys, nothing after it, all secrets gone. Never throws or rejects.
 * @returns when that is done, whoever has begun it
 */
export function fail(shared: Shared, cause: unknown): MaybePromise<void> {
  if (shared.failure) return shared.lastWords
  const error = reasonOf(shared, cause)
  shared.failure = error
  shared.lastWords = sayWhy(shared, error)
  return shared.lastWords
}

function sayWhy(shared: Shared, error: TlsError): MaybePromise<void> {
  const finish = (): void => {
    destroy(shared)
    shared.events.failed(error)
  }
  if (error.alert === undefined || error.code === 'ERR_TLS_ALERT_RECEIVED' || shared.writeClosed)
    return finish()
  try {
    const sent = say(shared, error.alert)
    return sent instanceof Promise ? sent.then(finish, finish) : finish()
  } catch {
    return finish() // the writer itself has failed: nothing can be said any more
  }
}

/**
 * RFC 9846 §6.1: user_canceled, and the close_notify behind it, are for handshakes. Once application data may flow,
 * a close_notify says that all of it was sent: who is given up then gets a fatal alert, and can tell.
 */
function reasonOf({ info, halfRtt }: Shared, cause: unknown): TlsError {
  const error = isTlsError(cause) ? cause : new TlsError(faults.ERR_TLS_INTERNAL, { cause })
  if (error.alert !== AlertDescription.user_canceled || !(info || halfRtt)) return error
  const { detail } = error
  return new TlsError(error, {
    alert: AlertDescription.internal_error,
    cause: error.cause,
    ...(detail === undefined ? {} : { detail }),
  })
}

function say(shared: Shared, alert: number): MaybePromise<void> {
  const speak = (): MaybePromise<void> =>
    alert === AlertDescription.user_canceled
      ? sayCanceled(shared)
      : sendAlert(shared, AlertLevel.fatal, alert)
  // The peer expects the keys that are under way, or has none to read it
  if (shared.installing) return shared.installing.then(speak)
  const { keysForAlert } = shared.handshake
  if (!keysForAlert) return speak()
  const installed = shared.writer.install(recordKeys(keysForAlert), protectedLevel(keysForAlert))
  return installed instanceof Promise ? installed.then(speak) : speak()
}

/** Runs `job` and what it starts; any failure fails the connection. Never throws or rejects. */
export function guard(shared: Shared, job: () => MaybePromise<void>): MaybePromise<void> {
  return caught(job, (error) => fail(shared, error))
}

/**
 * What the owner asks for. Who asks is told that it failed, and the connection has failed, too, unless it was merely asked
 * for at the wrong time: such errors have no alert.
 */
export function attempt<T>(shared: Shared, job: () => MaybePromise<T>): MaybePromise<T> {
  return caught(job, (error) => {
    if (isTlsError(error) && error.alert === undefined) throw error
    void fail(shared, error)
    throw shared.failure ?? error
  })
}

/** One way for what is thrown and what is rejected. */
function caught<T>(job: () => MaybePromise<T>, failed: (error: unknown) => MaybePromise<T>): MaybePromise<T> {
  try {
    const done = job()
    return done instanceof Promise ? done.catch(failed) : done
  } catch (error) {
    return failed(error)
  }
}

export function sendAlert(
  { events, writer, output }: Shared,
  level: number,
  description: number,
): MaybePromise<void> {
  const bytes = Uint8Array.of(level, description)
  events.trace?.({ direction: 'sent', kind: 'alert', level: writer.epoch, bytes })
  const added = output.add(writer.write(ContentType.alert, bytes))
  return added instanceof Promise ? added.then(output.flush) : output.flush()
}

/** RFC 9846 §6.1: user_canceled is a warning, and close_notify follows. */
async function sayCanceled(shared: Shared): Promise<void> {
  await sendAlert(shared, AlertLevel.warning, AlertDescription.user_canceled)
  await sendAlert(shared, AlertLevel.warning, AlertDescription.close_notify)
}
