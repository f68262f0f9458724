/** The server's door on Web Streams. */
import type { CryptoProvider } from '@mortise/crypto'
import type { ClientHelloInfo } from '@mortise/handshake'
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { ConnectionSettings } from './commonOptions.ts'
import {
  serverConnection,
  type ServerNegotiationOptions,
  type ServerOptions,
  type ServerOptionsByClientHello,
} from './serverConnection.ts'
import { openConnection } from './streams/open.ts'
import type { ByteStream, TlsConnection } from './streams/tlsConnection.ts'

/**
 * TLS 1.3 as a server over any stream of bytes.
 * @param options or a function that chooses them by the ClientHello
 * @param settings beside such a function, which comes too late for them
 * @returns when the client's Finished has come, and its certificate if one is required
 * @throws TlsError with the reason, whose doing it was, and the alert
 */
export async function accept(
  stream: ByteStream,
  options: ServerOptions | ServerOptionsByClientHello,
  settings: ConnectionSettings = typeof options === 'function' ? {} : options,
): Promise<TlsConnection> {
  let chosen: Pick<ServerNegotiationOptions, 'provider'> | undefined
  const source =
    typeof options === 'function'
      ? async (hello: ClientHelloInfo): Promise<ServerNegotiationOptions> => {
          const made = await options(hello)
          chosen = made
          return made
        }
      : (chosen = options)
  return openConnection(stream, {
    settings,
    party: () => ({ role: 'server', provider: providerOf(chosen) }),
    create: (events) => serverConnection(source, events, settings),
  })
}

function providerOf(options: Pick<ServerNegotiationOptions, 'provider'> | undefined): CryptoProvider {
  if (!options) throw new TlsError(faults.ERR_TLS_NOT_CONNECTED)
  return options.provider
}
