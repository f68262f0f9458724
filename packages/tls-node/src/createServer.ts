/** The server's door on sockets. */
import { createServer as createSocketServer, type Server, type Socket } from 'node:net'
import type { CryptoProvider } from '@mortise/crypto'
import {
  serverConnectionOptions,
  type ConnectionSettings,
  type ServerOptions,
  type ServerOptionsByClientHello,
} from '@mortise/tls/core'
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
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
    const { source, provider } = remembering(options)
    const tls = new TlsSocket(socket, true, () => ({ role: 'server', provider: provider() }))
    const failed = (error: TlsError): void => void server.emit('tlsClientError', error, tls)
    tls.once('error', failed)
    tls.once('secureConnect', () => {
      tls.removeListener('error', failed)
      server.emit('secureConnection', tls)
    })
    onSocket(tls)
    void tls.open((events) => serverConnectionOptions(source, events, settings), settings)
  })
  if (secureConnection) server.on('secureConnection', secureConnection)
  return server
}

/** The same options, and the provider that they have, or that they were chosen with. */
function remembering(options: ServerOptions | ServerOptionsByClientHello): {
  readonly source: typeof options
  /** To be asked once connected. */
  readonly provider: () => CryptoProvider
} {
  if (typeof options !== 'function') return { source: options, provider: () => options.provider }
  let chosen: { readonly provider: CryptoProvider } | undefined
  return {
    source: async (hello) => {
      const made = await options(hello)
      chosen = made
      return made
    },
    provider: () => {
      if (!chosen) throw new TlsError(faults.ERR_TLS_NOT_CONNECTED)
      return chosen.provider
    },
  }
}
