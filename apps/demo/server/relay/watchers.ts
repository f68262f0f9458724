/** Tells pages what the relay sees of their own connections: sizes, times, and the bytes as they are. */
import type { WebSocket } from 'ws'
import type { RelayEvent } from './forward.ts'

export interface Watchers {
  /** @param timeout milliseconds after which a watch ends, whatever happens */
  readonly add: (id: string, socket: WebSocket, timeout: number) => void
  readonly tell: (id: string, event: RelayEvent) => void
}

/** Bytes of each piece that are told; of the rest, the length. */
const maxShown = 4096
/** Bytes that may wait for a page that does not read; then it misses some. */
const maxWaiting = 262_144

export function createWatchers(): Watchers {
  const byId = new Map<string, WebSocket>()
  return {
    add: (id, socket, timeout) => {
      byId.get(id)?.close()
      byId.set(id, socket)
      const timer = setTimeout(() => socket.close(), timeout * 2)
      socket.once('close', () => {
        clearTimeout(timer)
        if (byId.get(id) === socket) byId.delete(id)
      })
      socket.send(JSON.stringify({ kind: 'watching' }))
    },
    tell: (id, event) => {
      const socket = byId.get(id)
      if (socket && socket.bufferedAmount < maxWaiting) socket.send(JSON.stringify(asJson(event)))
    },
  }
}

function asJson(event: RelayEvent): object {
  if (event.kind !== 'bytes') return event
  const { kind, from, bytes } = event
  return { kind, from, length: bytes.length, bytes: bytes.subarray(0, maxShown).toString('base64') }
}
