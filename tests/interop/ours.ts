/** Our side of a connection with another program. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectSocket, type AddressInfo, type Socket } from 'node:net'
import { expect } from 'vitest'
import { isTlsError, type ConnectionInfo, type ServerOptions } from '@mortise/tls'
import { connect, createServer, type ConnectOptions, type TlsSocket } from '@mortise/tls-node'
import { CipherSuite, cipherSuiteName, NamedGroup, namedGroupName, signatureSchemeName } from '@mortise/wire'
import type { CertificateFiles } from '../support/certificateFiles.ts'
import { providerOf, schemes, type MatrixCase } from './matrix.ts'

/** A socket that is connected; a program that has just been started may need a moment to listen. */
export async function reach(port: number): Promise<Socket> {
  for (let attempt = 0; ; attempt++) {
    const socket = connectSocket(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return socket
    } catch (error) {
      if (attempt === 200) throw error
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }
}

/** Connects, and waits until the peer is authenticated. @throws TlsError */
export async function open(
  port: number,
  options: Omit<ConnectOptions, 'port' | 'host' | 'socket'>,
): Promise<TlsSocket> {
  const tls = connect({ serverName: 'localhost', ...options, socket: await reach(port) })
  await once(tls, 'secureConnect')
  return tls
}

export interface Exchange {
  readonly info: ConnectionInfo
  readonly received: Buffer
}

/**
 * Sends `payload` at once, reads until so many bytes are `complete` or the peer's end, and ends.
 * @throws TlsError, the connection's
 */
export async function exchange(
  port: number,
  options: Omit<ConnectOptions, 'port' | 'host' | 'socket'>,
  payload: string | Uint8Array,
  complete: (length: number) => boolean = () => false,
): Promise<Exchange> {
  const tls = connect({ serverName: 'localhost', ...options, socket: await reach(port) })
  tls.write(payload)
  return conversation(tls, complete)
}

/**
 * Reads until so many bytes are `complete` or the peer's end, ends, and waits until all is over.
 * @param vanishing the peer does not answer our close_notify with its own, but by the end of the transport
 */
export async function conversation(
  tls: TlsSocket,
  complete: (length: number) => boolean = () => false,
  vanishing = false,
): Promise<Exchange> {
  const chunks: Buffer[] = []
  let length = 0
  tls.on('data', (bytes: Buffer) => {
    chunks.push(bytes)
    length += bytes.length
    if (complete(length)) tls.end()
  })
  await new Promise<void>((resolve, reject) => {
    tls.once('error', (error) => {
      if (vanishing && tls.writableFinished && isTlsError(error) && error.code === 'ERR_TLS_TRUNCATED')
        resolve()
      else reject(error)
    })
    tls.once('close', () => resolve())
  })
  if (!tls.info) throw new Error('not connected')
  return { info: tls.info, received: Buffer.concat(chunks) }
}

export interface OurServer {
  readonly port: number
  /** Settles with each connection once its handshake is complete, in their order. @throws TlsError of a client's handshake */
  readonly next: () => Promise<TlsSocket>
  /** Early data of all connections. */
  readonly early: readonly Buffer[]
  readonly close: () => void
}

export async function listen(options: ServerOptions): Promise<OurServer> {
  const early: Buffer[] = []
  const server = createServer(options, undefined, options, (tls) => {
    tls.on('earlyData', (bytes: Buffer) => early.push(bytes))
  })
  const arrived: (TlsSocket | Error)[] = []
  let wake = (): void => {}
  const arrive = (item: TlsSocket | Error): void => {
    arrived.push(item)
    wake()
  }
  const connections = new Set<TlsSocket>()
  server.on('secureConnection', (tls: TlsSocket) => {
    connections.add(tls)
    tls.on('error', () => {})
    tls.once('close', () => connections.delete(tls))
    arrive(tls)
  })
  server.on('tlsClientError', arrive)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    early,
    next: async () => {
      for (;;) {
        const item = arrived.shift()
        if (item instanceof Error) throw item
        if (item) return item
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    close: () => {
      server.close()
      for (const tls of connections) tls.destroy()
    },
  }
}

/** Options of our client for a case. With `retry` it sends no key share, so that the server has to ask for one. */
export function clientOptions(
  candidate: MatrixCase,
  { anchors }: CertificateFiles,
): Omit<ConnectOptions, 'port' | 'host' | 'socket'> {
  const group = NamedGroup[candidate.group]
  return {
    provider: providerOf(candidate),
    anchors,
    cipherSuites: [CipherSuite[candidate.suite]],
    groups: [group],
    keyShares: candidate.retry ? [] : [group],
  }
}

/** Options of our server for a case. With `retry` the client is to send a share of another group. */
export async function serverOptions(candidate: MatrixCase, files: CertificateFiles): Promise<ServerOptions> {
  const provider = providerOf(candidate)
  const issued = await files.issue(candidate.kind)
  return {
    provider,
    credentials: [await issued.credential(provider)],
    cipherSuites: [CipherSuite[candidate.suite]],
    groups: [NamedGroup[candidate.group]],
    retryCookie: () => provider.random(32), // the client has to return it with its second ClientHello
  }
}

/** @param signature what the scheme stands in: the peer's CertificateVerify, or ours */
export function expectNegotiated(
  info: ConnectionInfo,
  { suite, group, kind, retry }: MatrixCase,
  signature: 'peerSignatureScheme' | 'localSignatureScheme',
): void {
  expect({
    suite: cipherSuiteName(info.cipherSuite),
    group: namedGroupName(info.group ?? 0),
    scheme: signatureSchemeName(info[signature] ?? 0),
    retry: info.helloRetryRequest,
  }).toEqual({ suite, group, scheme: signatureSchemeName(schemes[kind]), retry })
}

/** Cases with the names of their tests. */
export function named(
  cases: readonly MatrixCase[],
): readonly (readonly [name: string, candidate: MatrixCase])[] {
  return cases.map((candidate) => [nameOf(candidate), candidate])
}

const nameOf = ({ provider, suite, group, kind, retry }: MatrixCase): string =>
  `${provider}: ${suite} ${group} ${kind}${retry ? ' after a HelloRetryRequest' : ''}`

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
