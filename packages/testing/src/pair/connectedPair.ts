/** A client and a server of `@mortise/tls/core`, joined in memory: no sockets, no timers, every run the same order. */
import type { SigningProvider } from '@mortise/crypto'
import type { ClientSession, HandshakeInfo } from '@mortise/handshake'
import {
  clientConnection,
  serverConnection,
  type ClientOptions,
  type Connection,
  type ConnectionEvents,
  type ServerOptions,
} from '@mortise/tls/core'
import { concat, type TlsError } from '@mortise/wire'
import { testAuthority } from '../certificates/testAuthority.ts'
import { link } from './link.ts'

/** What the two ends have in common, and each its own. */
export interface ConnectedPairOptions {
  readonly provider: SigningProvider
  /** Milliseconds since 1970, for both ends. Default: the clock stands still at the beginning of 2026. */
  readonly now?: () => number
  /** Beside trust in the test authority and the server name `localhost`. */
  readonly client?: Partial<ClientOptions>
  /** Beside a certificate of the test authority for `localhost`. */
  readonly server?: Partial<ServerOptions>
  /** Changes, delays by keeping, or watches what is under way; what it answers arrives. */
  readonly wire?: (from: 'client' | 'server', bytes: Uint8Array) => Uint8Array
}

/** One end, and all that it told its owner. */
export interface PairEnd {
  readonly connection: Connection
  /** `undefined` as long as the handshake isn't complete. */
  readonly info: () => HandshakeInfo | undefined
  /** What the connection failed with, if it did. */
  readonly error: () => TlsError | undefined
  /** Application data so far. */
  readonly received: () => Uint8Array
  /** Early data so far (server). */
  readonly earlyData: () => Uint8Array
  /** Whether a close_notify came. */
  readonly peerClosed: () => boolean
  /** Sessions so far (client). */
  readonly sessions: readonly ClientSession[]
}

/** A client and a server that have met in memory. */
export interface ConnectedPair {
  readonly client: PairEnd
  readonly server: PairEnd
  /** Delivers what was sent, until both ends are silent. */
  readonly settle: () => Promise<void>
}

/**
 * Both ends after the handshake, whether it succeeded or failed: see `info` and `error`.
 * @throws TlsError `ERR_TLS_CONFIG` for options that can't be honoured
 */
export async function connectedPair(options: ConnectedPairOptions): Promise<ConnectedPair> {
  const { provider, now = () => Date.UTC(2026, 0, 1), wire = (_, bytes) => bytes } = options
  const authority = await testAuthority(provider, now())
  const joined = link(() => ({ left: client.connection, right: server.connection }))
  const client = await end(
    (bytes) => joined.toRight(wire('client', bytes)),
    (events) =>
      clientConnection(
        {
          provider,
          now,
          serverName: 'localhost',
          ...(options.client?.verifier ? {} : { anchors: [authority.certificate] }),
          ...options.client,
        },
        events,
      ),
  )
  const credential = await authority.issue(['localhost'])
  const server = await end(
    (bytes) => joined.toLeft(wire('server', bytes)),
    (events) => serverConnection({ provider, now, credentials: [credential], ...options.server }, events),
  )
  await server.connection.start()
  await client.connection.start()
  await joined.settle()
  return { client, server, settle: joined.settle }
}

async function end(
  send: (bytes: Uint8Array) => void,
  make: (events: ConnectionEvents) => Promise<Connection>,
): Promise<PairEnd> {
  const received: Uint8Array[] = []
  const earlyData: Uint8Array[] = []
  const sessions: ClientSession[] = []
  let peerClosed = false
  const connection = await make({
    send,
    connected: () => {},
    data: (bytes) => {
      received.push(bytes)
    },
    earlyData: (bytes) => {
      earlyData.push(bytes)
    },
    session: (session) => {
      sessions.push(session)
    },
    peerClosed: () => {
      peerClosed = true
    },
    failed: () => {},
  })
  return {
    connection,
    info: () => connection.info,
    error: () => connection.error,
    received: () => concat(...received),
    earlyData: () => concat(...earlyData),
    peerClosed: () => peerClosed,
    sessions,
  }
}
