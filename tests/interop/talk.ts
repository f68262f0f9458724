/** Conversations that go back and forth, and what was seen of them. */
import { once } from 'node:events'
import type { TraceEvent } from '@mortise/tls'
import type { TlsSocket } from '@mortise/tls-node'
import { handshakeTypeName } from '@mortise/wire'

export interface Talk {
  /** Settles when the peer has said `words`. @throws the connection's error */
  readonly until: (words: string) => Promise<void>
  /** What was said until now does not count. */
  readonly forget: () => void
  /** Ends, and waits until all is over. */
  readonly end: () => Promise<void>
}

export function talk(tls: TlsSocket): Talk {
  let heard = ''
  tls.on('data', (bytes: Buffer) => {
    heard += bytes.toString()
  })
  const closed = tls.closed ? Promise.resolve() : once(tls, 'close')
  closed.catch(() => {}) // an error, which `until` and `end` tell
  return {
    until: async (words) => {
      while (!heard.includes(words)) {
        if (tls.closed) throw new Error(`the peer has ended without ${words}: ${heard}`)
        await Promise.race([once(tls, 'data'), closed])
      }
    },
    forget: () => {
      heard = ''
    },
    end: async () => {
      tls.end()
      await closed
    },
  }
}

/** Counts handshake messages. */
export interface Traced {
  /** For the option `trace`. */
  readonly hear: (event: TraceEvent) => void
  readonly sent: (name: string) => number
  readonly received: (name: string) => number
  /** Settles when so many have been received. */
  readonly receiving: (name: string, times: number) => Promise<void>
}

export function traced(): Traced {
  const seen: string[] = []
  const waiting = new Set<() => void>()
  const count = (what: string): number => seen.filter((one) => one === what).length
  return {
    hear: ({ direction, kind, bytes }) => {
      if (kind !== 'handshake') return
      seen.push(`${direction} ${handshakeTypeName(bytes[0] ?? 0)}`)
      for (const look of waiting) look()
    },
    sent: (name) => count(`sent ${name}`),
    received: (name) => count(`received ${name}`),
    receiving: (name, times) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (count(`received ${name}`) < times) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
