/** Where promises meet the callbacks of Node's streams. */
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** As Node's streams call back. */
export type WriteCallback = (error?: Error | null) => void

/** Calls back when `job` is done: at once if it is synchronous. */
export function settle(job: () => void | Promise<void>, callback: WriteCallback): void {
  let done: void | Promise<void>
  try {
    done = job()
  } catch (error) {
    callback(asError(error))
    return
  }
  if (done instanceof Promise)
    done.then(
      () => callback(),
      (error: unknown) => callback(asError(error)),
    )
  else callback()
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new TlsError(faults.ERR_TLS_INTERNAL, { cause: error })

/** What a listener throws is the application's, and no failure of the connection. */
export function outside(call: () => unknown): void {
  try {
    call()
  } catch (error) {
    process.nextTick(() => {
      throw error
    })
  }
}
