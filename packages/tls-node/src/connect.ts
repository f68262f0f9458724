/** The client's door on sockets. */
import { connect as connectSocket, isIP, type Socket } from 'node:net'
import type { CryptoProvider } from '@mortise/crypto'
import { nodeCrypto } from '@mortise/crypto-node'
import { clientConnectionOptions, type ClientOptions, type EarlyDataSource } from '@mortise/tls/core'
import { TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { systemRoots } from './systemRoots.ts'
import { TlsSocket } from './TlsSocket.ts'

export interface ConnectOptions extends Omit<ClientOptions, 'provider' | 'earlyData'> {
  /** Default: `nodeCrypto()`. */
  readonly provider?: CryptoProvider
  /** Default: `localhost`. */
  readonly host?: string
  readonly port?: number
  /** A socket that is connected, or about to be, in place of `host` and `port`. It belongs to the TlsSocket. */
  readonly socket?: Socket
  /** Who the server has to be. Default: `host`. */
  readonly serverName?: string
  /** Called if early data can be sent (RFC 9846 §8: it can be replayed). Default: none is offered. */
  readonly earlyData?: EarlyDataSource
}

/**
 * TLS 1.3 over TCP. Without `anchors` and `verifier` the system's trust store decides (see `systemRoots`).
 * @param connected called once the server is authenticated
 * @returns at once; failures are `error` events
 */
export function connect(options: ConnectOptions, connected?: () => void): TlsSocket {
  const { host = 'localhost', port, socket, earlyData, ...rest } = options
  const transport = socket ?? connectTo(host, port)
  const provider = rest.provider ?? defaultProvider()
  const tls = new TlsSocket(transport, !socket, () => ({ role: 'client', provider }))
  if (connected) tls.once('secureConnect', connected)
  const early = earlyData && rest.sessions?.earlyOpening?.(earlyData)
  if (early) tls.once('error', early.failed)
  const client: ClientOptions = {
    ...trust(rest),
    ...rest,
    provider,
    ...(rest.serverName === undefined && !socket ? { serverName: host } : {}),
    earlyData: early !== undefined,
  }
  const open = (): void =>
    void tls.open((events) => clientConnectionOptions(client, events), client, early?.started, early?.events)
  if (transport.connecting) {
    transport.once('connect', open)
    transport.once('error', (cause) =>
      tls.destroy(new TlsError(faults.ERR_TLS_TRANSPORT, { detail: cause.message, cause })),
    )
  } else open()
  return tls
}

let known: CryptoProvider | undefined

/** It finds out by trying what node:crypto can do, which takes longer than a handshake: once is enough. */
function defaultProvider(): CryptoProvider {
  return (known ??= nodeCrypto())
}

function connectTo(host: string, port: number | undefined): Socket {
  if (port === undefined)
    throw new TlsError(faults.ERR_TLS_CONFIG, { detail: 'a port or a socket is needed' })
  return connectSocket({ host: isIP(host) ? host : host.replace(/\.$/, ''), port })
}

function trust({ anchors, verifier, preSharedKeys }: Partial<ClientOptions>): Pick<ClientOptions, 'anchors'> {
  return anchors || verifier || preSharedKeys?.keys.length ? {} : { anchors: systemRoots() }
}
