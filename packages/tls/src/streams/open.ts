/** The Web Streams door: a connection core between a transport and two streams of application data. */
import type { TlsError } from '@mortise/wire'
import type { ConnectionSettings } from '../commonOptions.ts'
import type { Connection } from '../core/api.ts'
import type { ConnectionEvents } from '../core/events.ts'
import { watch } from '../handshakeDeadline.ts'
import type { Party } from '../channelBinding.ts'
import { connectionInfo, type ConnectionInfo } from '../info.ts'
import { deferred, pause } from './deferred.ts'
import { createIncoming } from './incoming.ts'
import { createOutgoing } from './outgoing.ts'
import type { ByteStream, TlsConnection } from './tlsConnection.ts'
import { openTransport } from './transport.ts'

/** Milliseconds that `close` waits for the peer's close_notify. */
const closeGrace = 1000

export interface Opening {
  /** Who we are; asked once connected. */
  readonly party: () => Party
  readonly settings: ConnectionSettings
  /** Makes the connection; what is not about streams is its own to hear. */
  readonly create: (events: ConnectionEvents) => Promise<Connection>
  /** The connection begins. */
  readonly started?: (connection: Connection) => void
  readonly events?: Pick<ConnectionEvents, 'earlyDataOffered' | 'earlyDataDecided'>
}

/**
 * @returns when the peer is authenticated
 * @throws TlsError if it isn't, or if options can't be honoured: then before anything is read or written
 */
export async function openConnection(stream: ByteStream, opening: Opening): Promise<TlsConnection> {
  const { settings, events } = opening
  const incoming = createIncoming()
  let early: ReturnType<typeof createIncoming> | undefined
  const connected = deferred<ConnectionInfo>()
  const over = deferred<void>()
  let fail: (error: TlsError) => void = () => {}

  const connection = await opening.create({
    ...events,
    send: (bytes) => transport.send(bytes),
    data: incoming.push,
    earlyData: (bytes) => {
      early ??= createIncoming()
      early.push(bytes)
    },
    connected: (info) => {
      guardian.connected()
      early?.end()
      connected.resolve(connectionInfo(info))
    },
    peerClosed: () => {
      incoming.end()
      ended()
    },
    failed: (error) => fail(error),
  })
  const transport = openTransport(stream)
  /** A failure has ended it, too, but tells of itself once all is said. */
  const ended = (): void => {
    if (connection.closed && !connection.error) over.resolve()
  }
  const outgoing = createOutgoing(connection, transport, ended)
  fail = (error) => {
    connected.reject(error)
    over.reject(error)
    incoming.fail(error)
    early?.fail(error)
    outgoing.fail(error)
  }
  const guardian = watch(connection, settings)
  const pumping = transport.pump(connection, incoming.room)
  const letGo = async (): Promise<void> => {
    guardian.end()
    await transport.end()
  }
  over.promise.then(letGo, letGo)
  opening.started?.(connection)
  await connection.start()
  let told = await connected.promise
  let toldOf = connection.info
  /** A new one if authentication after the handshake has changed what there is to say. */
  const infoOf = (info: Connection['info']): ConnectionInfo => {
    if (info && info !== toldOf) told = connectionInfo(info)
    toldOf = info
    return told
  }

  const close = async (): Promise<void> => {
    incoming.drop()
    await connection.close()
    ended()
    await Promise.race([over.promise.catch(() => {}), pumping, pause(closeGrace)])
    await connection.close() // it may have failed meanwhile
    over.resolve()
    await letGo()
  }
  return {
    ...opening.party(),
    readable: incoming.readable,
    writable: outgoing.writable,
    get info() {
      return infoOf(connection.info)
    },
    earlyData: early?.readable,
    closed: over.promise,
    close,
    updateKeys: ({ requestPeer = true } = {}) => connection.updateKeys(requestPeer),
    exportKeyingMaterial: connection.exportKeyingMaterial,
    exportEarlyKeyingMaterial: connection.exportEarlyKeyingMaterial,
    requestClientCertificate: async () => {
      const peer = await connection.requestClientCertificate()
      return peer && infoOf(connection.info).peer
    },
    [Symbol.asyncDispose]: close,
  }
}
