/** The server's door on sockets. */
import { createServer as createSocketServer, type Server, type Socket } from 'node:net'
import {
  serverConnectionOptions,
  type ConnectionSettings,
  type ServerOptions,
  type ServerOptionsByClientHello,
} from '@mortise/tls/core'
import type { TlsError } from '@mortise/wire'
import { TlsSocket } from './TlsSocket.ts'

/**
 * A TLS 1.3 server over TCP: a `net.Server` that emits, too, `secureConnection` with the TlsSocket of each client that got
 * through the handshake, and `tlsClientError` with a TlsError and the TlsSocket of each that did not; a client's failure after that is an `error` event of its socket, which needs a listener.
 * @param options or a function that chooses them by the ClientHello
 * @param settings beside such a function, which comes too late for them
 * @param onSocket sees each socket before its handshake: for `earlyData`
 */
export function createServer(
  options: ServerOptions | ServerOptionsByClientHello,
  secureConnection?: (socket: TlsSocket) => void,
  settings: ConnectionSettings = typeof options === 'function' ? {} : options,
  onSocket: (socket: TlsSocket) => void = () => {},
): Server {
  const server = createSocketServer({ pauseOnConnect: true, noDelay: true })
  server.on('connection', (socket: Socket) => {
    const tls = new TlsSocket(socket, true)
    const failed = (error: TlsError): void => void server.emit('tlsClientError', error, tls)
    tls.once('error', failed)
    tls.once('secureConnect', () => {
      tls.removeListener('error', failed)
      server.emit('secureConnection', tls)
    })
    onSocket(tls)
    void tls.open((events) => serverConnectionOptions(options, events, settings), settings)
  })
  if (secureConnection) server.on('secureConnection', secureConnection)
  return server
}
