/** Application data on its way to the application, with a bound. */
import type { TlsError } from '@mortise/wire'

export interface Incoming {
  readonly readable: ReadableStream<Uint8Array>
  readonly push: (bytes: Uint8Array) => void
  readonly end: () => void
  readonly fail: (error: TlsError) => void
  /** We have closed: what still comes is dropped, and whoever reads is told that this was all. */
  readonly drop: () => void
  /** Settles when the application has read enough for more to come in; `undefined`: there is room now. */
  readonly room: () => Promise<void> | undefined
}

/** Bytes that wait for the application. */
const highWaterMark = 65_536

export function createIncoming(): Incoming {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let over = false
  let dropped = false
  let waiting: (() => void) | undefined
  const wake = (): void => {
    waiting?.()
    waiting = undefined
  }
  const cancelled = (): void => {
    dropped = true
    wake()
  }
  const readable = new ReadableStream<Uint8Array>(
    {
      start: (made) => {
        controller = made
      },
      pull: wake,
      cancel: cancelled,
    },
    { highWaterMark, size: ({ byteLength }) => byteLength },
  )
  return {
    readable,
    push: (bytes) => {
      if (!dropped && !over) controller?.enqueue(bytes)
    },
    end: () => {
      if (!dropped && !over) controller?.close()
      over = true
      wake()
    },
    fail: (error) => {
      if (!dropped && !over) controller?.error(error)
      over = true
      wake()
    },
    drop: () => {
      if (!dropped && !over) controller?.close()
      cancelled()
    },
    room: () => {
      if (dropped || over || (controller?.desiredSize ?? 1) > 0) return undefined
      return new Promise<void>((resolve) => {
        waiting = resolve
      })
    },
  }
}
