/** One connection through the relay: each side is told to wait when the other is slow, and both end together. */
import { connect, type Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { RelayLimits } from './limits.ts'
import type { RelayTarget } from './targets.ts'

/** What the relay sees. */
export type RelayEvent =
  | { readonly kind: 'open'; readonly target: string }
  | { readonly kind: 'bytes'; readonly from: 'page' | 'target'; readonly bytes: Buffer }
  | { readonly kind: 'close'; readonly why: string }

/** Codes of RFC 6455 §7.4.1, and one of our own for what took too long. */
const code = { normal: 1000, notBinary: 1003, tooMuch: 1009, failed: 1011, idle: 4008 } as const

export function forward(
  page: WebSocket,
  target: RelayTarget,
  limits: RelayLimits,
  tell: (event: RelayEvent) => void,
): void {
  const socket = connect({ host: target.host, port: target.port, noDelay: true })
  let total = 0
  let over = false
  socket.setTimeout(limits.connectTimeout)
  socket.once('connect', () => {
    socket.setTimeout(limits.idleTimeout)
    tell({ kind: 'open', target: target.name })
  })

  const end = (closeCode: number, why: string): void => {
    if (over) return
    over = true
    tell({ kind: 'close', why })
    socket.destroySoon()
    page.close(closeCode, why)
  }
  /** Answers whether the bytes may pass. */
  const count = (bytes: Buffer): boolean => {
    total += bytes.length
    if (total > limits.maxBytes) end(code.tooMuch, 'too many bytes')
    return !over
  }

  page.on('message', (data, isBinary) => {
    if (!isBinary) return end(code.notBinary, 'not binary')
    const bytes = data as Buffer // `nodebuffer` is what ws gives by default
    if (!count(bytes)) return
    tell({ kind: 'bytes', from: 'page', bytes })
    socket.write(bytes)
    if (socket.writableLength > limits.maxWaiting) waitForTarget(page, socket)
  })
  page.once('close', () => end(code.normal, 'the page has closed'))
  socket.on('data', (bytes: Buffer) => {
    if (!count(bytes)) return
    tell({ kind: 'bytes', from: 'target', bytes })
    page.send(bytes, () => {
      if (socket.isPaused() && page.bufferedAmount <= limits.maxWaiting) socket.resume()
    })
    if (page.bufferedAmount > limits.maxWaiting) socket.pause()
  })
  socket.once('timeout', () => end(code.idle, 'nothing has come for too long'))
  socket.once('error', () => end(code.failed, 'the target can not be reached'))
  socket.once('close', () => end(code.normal, 'the target has closed'))
}

function waitForTarget(page: WebSocket, socket: Socket): void {
  page.pause()
  socket.once('drain', () => page.resume())
}
