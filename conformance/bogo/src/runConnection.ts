/** One connection: handshake, the runner's exchange of data, close. */
import type { Socket } from 'node:net'
import { inspect } from 'node:util'
import {
  createClientHandshake,
  createServerHandshake,
  type ClientSession,
  type HandshakeInfo,
} from '@mortise/handshake'
import { createConnection, writeEarlyData, type Connection } from '@mortise/tls/core'
import { faults, HandshakeType, isTlsError, TlsError } from '@mortise/wire'
import { checkConnected, checkSessions } from './expectations.ts'
import { exchange } from './exchange.ts'
import type { Flags } from './flags.ts'
import { createIncoming } from './incoming.ts'
import { clientOptions, serverOptions, type Setting } from './options.ts'
import { watchProgress } from './progress.ts'
import { hasFastAes } from './suites.ts'
import { refusalOf } from './verifier.ts'

export interface Test extends Setting {
  /** The flags that hold once early data was rejected. */
  readonly retry: Flags
  readonly resumption: boolean
  readonly sessions: readonly ClientSession[]
  readonly socket: Socket
}

export interface Result {
  /** For stderr, if the connection failed. */
  readonly problem?: string
  /** Exit code. */
  readonly code: number
  readonly sessions: readonly ClientSession[]
}

export async function runConnection(test: Test): Promise<Result> {
  const { flags, socket, resumption } = test
  const incoming = createIncoming()
  const { progress, events, connected } = watchProgress(incoming)
  const held = (): Flags => (progress.earlyDataAccepted === false && !flags.server ? test.retry : flags)

  const maxCertificate = flags['max-cert-list'] ?? 102_400
  const connection: Connection = createConnection({
    handshake: flags.server
      ? createServerHandshake(serverOptions(test))
      : createClientHandshake(clientOptions(test, resumption ? test.sessions.slice(0, 1) : [], held)),
    events: {
      ...events,
      send: (bytes) => socket.write(bytes),
      connected: (info) => {
        try {
          check(info)
        } catch (error) {
          progress.fail(error)
        }
        connected()
      },
    },
    writeEarlyData,
    // The runner counts ciphertext, of two records
    maxSkippedEarlyData: 16_384 - 2 * 17,
    writer: flags['max-send-fragment'] === undefined ? {} : { maxFragment: flags['max-send-fragment'] },
    reader: { maxHandshakeMessage: (type) => (type === HandshakeType.certificate ? maxCertificate : 16_384) },
  })
  const check = (info: HandshakeInfo): void => {
    checkConnected(held(), {
      info,
      role: flags.server ? 'server' : 'client',
      resumption,
      earlyDataAccepted: progress.earlyDataAccepted,
      earlyDataOffered: progress.earlyDataOffered,
      fastAes: hasFastAes(test.provider),
      ticketAgeSkew: test.memory.ticketAgeSkew,
      selected: test.credentials.selected(info.preSharedKeyIdentity),
    })
    // A verifier that looks at the peer of a resumed session once more
    const refusal = info.resumed && held()['reverify-on-resume'] ? refusalOf(held()) : undefined
    if (refusal) void connection.abort(refusal)
  }
  receiveFrom(socket, connection, flags.async)

  let exchanged = false
  try {
    await connection.start()
    await exchange({ ...test, connection, incoming, progress })
    exchanged = progress.failure === undefined
    if (exchanged && !flags.server) checkSessions(held(), progress.sessions)
  } catch (error) {
    progress.failure ??= error
  }
  await closeSocket(socket)
  return { ...explain(excused(progress.failure, connection, flags, exchanged)), sessions: progress.sessions }
}

/** What BoringSSL's shim does not mind. */
function excused(failure: unknown, { info }: Connection, flags: Flags, exchanged: boolean): unknown {
  if (!isTlsError(failure)) return failure
  // An end without close_notify, unless told to look
  if (failure.code === 'ERR_TLS_TRUNCATED' && info && !flags['check-close-notify']) return undefined
  // Whatever happens to the socket once everything was said
  return failure.code === 'ERR_TLS_TRANSPORT' && exchanged ? undefined : failure
}

/** With `-async`, a byte at a time. */
function receiveFrom(socket: Socket, connection: Connection, byteWise: boolean): void {
  let queue = Promise.resolve()
  const feed = async (bytes: Uint8Array): Promise<void> => {
    if (!byteWise) return connection.receive(bytes)
    for (let i = 0; i < bytes.length; i++) await connection.receive(bytes.slice(i, i + 1))
  }
  socket.on('data', (bytes) => {
    queue = queue.then(() => feed(bytes))
  })
  socket.on('end', () => {
    queue = queue.then(() => connection.endOfTransport())
  })
  socket.on('error', (cause) => {
    queue = queue.then(() => connection.abort(new TlsError(faults.ERR_TLS_TRANSPORT, { cause })))
  })
}

/** Half-closes and drains, so that the runner sees no reset. */
async function closeSocket(socket: Socket): Promise<void> {
  if (socket.destroyed) return
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve())
  })
  socket.end()
  socket.resume()
  await closed
}

/** Failures that the peer need not notice. */
const silent: ReadonlySet<string> = new Set(['ERR_TLS_ALERT_RECEIVED', 'ERR_TLS_TRUNCATED'])

/**
 * For stderr, where the runner looks for our codes. A failure that the peer must have noticed does not show in the exit code:
 * so a test that wants one passes only if the runner has seen it.
 */
function explain(failure: unknown): { problem?: string; code: number } {
  if (failure === undefined) return { code: 0 }
  if (isTlsError(failure)) {
    const cause =
      failure.cause instanceof Error && failure.code === 'ERR_TLS_INTERNAL' ? `\n${failure.cause.stack}` : ''
    return {
      problem: `${failure.code} ${failure.alert ?? ''} ${failure.message}${cause}`,
      code: silent.has(failure.code) ? 1 : 0,
    }
  }
  return { problem: inspect(failure), code: 1 }
}
