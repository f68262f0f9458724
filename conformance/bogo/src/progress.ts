/** What has become of a connection so far: written by its events, read by the exchange of data. */
import type { ClientSession } from '@mortise/handshake'
import type { ConnectionEvents } from '@mortise/tls/core'
import { fromHex, HandshakeType, type TlsError } from '@mortise/wire'
import type { Incoming } from './incoming.ts'

export interface Progress {
  failure: unknown
  earlyDataOffered: boolean
  earlyDataAccepted: boolean | undefined
  readonly sessions: ClientSession[]
  /** Application traffic secrets by their names in a key log. */
  readonly secrets: Map<string, Uint8Array>
  /** Settles when the handshake is complete, or has failed. */
  readonly handshakeDone: Promise<void>
  /** Settles when the fate of early data is known. */
  readonly earlyDecided: Promise<void>
  /** Settles right behind the step of the handshake that takes the first message of this type. */
  readonly received: (type: number) => Promise<void>
  readonly fail: (error: unknown) => void
}

export interface Watched {
  readonly progress: Progress
  readonly events: Omit<ConnectionEvents, 'send' | 'connected'>
  readonly connected: () => void
}

export function watchProgress(incoming: Incoming): Watched {
  const [handshakeDone, connected] = signal()
  const [earlyDecided, decided] = signal()
  const messages = new Map<number, readonly [Promise<void>, () => void]>()
  const message = (type: number): readonly [Promise<void>, () => void] => {
    const made = messages.get(type) ?? signal()
    messages.set(type, made)
    return made
  }
  const progress: Progress = {
    failure: undefined,
    earlyDataOffered: false,
    earlyDataAccepted: undefined,
    sessions: [],
    secrets: new Map(),
    handshakeDone,
    earlyDecided,
    received: (type) => Promise.race([message(type)[0], handshakeDone]),
    fail: (error) => {
      progress.failure ??= error
      connected()
      decided()
      incoming.end()
    },
  }
  return {
    progress,
    connected,
    events: {
      data: incoming.push,
      earlyData: incoming.push,
      earlyDataOffered: () => {
        progress.earlyDataOffered = true
      },
      earlyDataDecided: (accepted) => {
        progress.earlyDataAccepted = accepted
        decided()
      },
      session: (session) => {
        progress.sessions.unshift(session)
      },
      peerClosed: incoming.end,
      failed: (error: TlsError) => progress.fail(error),
      keyLog: (line) => {
        const [label = '', , secret = ''] = line.split(' ')
        progress.secrets.set(label, fromHex(secret))
      },
      trace: ({ direction, kind, bytes }) => {
        if (direction === 'received' && kind === 'handshake')
          message(bytes[0] ?? HandshakeType.message_hash)[1]()
      },
    },
  }
}

function signal(): readonly [Promise<void>, () => void] {
  let settle = (): void => {}
  const promise = new Promise<void>((resolve) => {
    settle = resolve
  })
  return [promise, settle]
}
