/**
 * From WebSocket to TCP, for pages, which have no sockets of their own. It sees what anybody on the way sees, tells it to
 * who watches, and is safe to leave running: see `admission.ts` for who gets in, `limits.ts` for how much.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { admit, type AdmissionRules } from './admission.ts'
import { forward } from './forward.ts'
import { defaultRelayLimits, type RelayLimits } from './limits.ts'
import type { RelayTargets } from './targets.ts'
import { createWatchers } from './watchers.ts'

export interface RelayOptions {
  readonly targets: RelayTargets
  readonly origins: () => readonly string[]
  readonly limits?: Partial<RelayLimits>
}

export interface Relay {
  /** For a server's `upgrade` event. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Connections that are open, those that watch included. */
  readonly open: () => number
  /** Ends all of them. */
  readonly close: () => void
}

export function createRelay(options: RelayOptions): Relay {
  const limits = { ...defaultRelayLimits, ...options.limits }
  const rules: AdmissionRules = { ...options, maxConnections: limits.maxConnections }
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.maxMessage,
    perMessageDeflate: false,
  })
  const open = new Set<WebSocket>()
  const watchers = createWatchers()

  const enter = (socket: WebSocket): void => {
    open.add(socket)
    socket.on('error', () => {}) // ws closes it by itself, with the code that fits
    socket.once('close', () => open.delete(socket))
  }

  return {
    upgrade: (request, socket, head) => {
      const admission = admit(request, rules, open.size)
      if (admission.kind === 'refused') return refuse(socket, admission.status)
      sockets.handleUpgrade(request, socket, head, (page) => {
        enter(page)
        if (admission.kind === 'watch') watchers.add(admission.watch, page, limits.idleTimeout)
        else
          forward(page, admission.target, limits, (event) => {
            if (admission.watch !== undefined) watchers.tell(admission.watch, event)
          })
      })
    },
    open: () => open.size,
    close: () => {
      for (const socket of open) socket.terminate()
    },
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => {})
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
