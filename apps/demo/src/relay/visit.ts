/** One connection from this page to a real server: TLS ends here and there, and nowhere between. */
import {
  connect,
  unsafeAcceptAny,
  webSocketStream,
  type ByteStream,
  type ConnectOptions,
  type ClientSessions,
  type TlsConnection,
} from '@mortise/tls'
import { concat } from '@mortise/wire'
import { factsOf, type FactName } from '../engine/facts.ts'
import { messageName } from '../engine/names.ts'
import { completed, loadProvider } from '../engine/providers.ts'
import type { ProviderName } from '../engine/settings.ts'
import { askForTls, describeAnswer, startupMessage } from './postgres.ts'
import type { SeenRecord } from './recordCutter.ts'
import { socketAddress } from './socketAddress.ts'
import type { Target } from './targets.ts'
import { watchRelay } from './watch.ts'

/** A message as this page sees it. */
export interface PageMessage {
  readonly direction: 'sent' | 'received'
  readonly name: string
  readonly level: 'initial' | 'early' | 'handshake' | 'application'
  /** In bytes. */
  readonly length: number
}

export interface VisitOptions {
  readonly target: Target
  readonly provider: ProviderName
  readonly sessions: ClientSessions
  readonly onMessage: (message: PageMessage) => void
  readonly onRecords: (records: readonly SeenRecord[]) => void
}

export interface VisitResult {
  readonly facts: readonly (readonly [FactName, string])[]
  /** Subject of the server's certificate; `undefined` if nobody was verified. */
  readonly subject: string | undefined
  readonly request: string
  readonly response: string
}

/** Bytes of an answer that are kept. */
const maxResponse = 65_536

/** @throws TlsError, or Error where there is no relay or no TLS */
export async function visit(options: VisitOptions): Promise<VisitResult> {
  const watch = await watchRelay(options.onRecords)
  const socket = new WebSocket(socketAddress('relay', { target: options.target.name, watch: watch.id }))
  try {
    const connection = await connect(await openStream(socket, options.target), await connectOptions(options))
    return options.target.kind === 'https'
      ? await getPage(connection, options.target)
      : await greet(connection, options.target)
  } finally {
    socket.close() // what fails before TLS begins leaves it open
    await watch.close()
  }
}

async function openStream(socket: WebSocket, { kind }: Target): Promise<ByteStream> {
  const stream = webSocketStream(socket)
  return kind === 'postgres' ? askForTls(stream) : stream
}

async function connectOptions(options: VisitOptions): Promise<ConnectOptions> {
  const { target, provider, sessions, onMessage } = options
  const anchors = target.anchors.map((text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)))
  return {
    provider: completed(await loadProvider(provider), await loadProvider('noble')),
    serverName: target.serverName,
    sessions,
    alpn: [target.kind === 'https' ? 'http/1.1' : 'postgresql'],
    ...(anchors.length > 0 ? { anchors } : { verifier: unsafeAcceptAny() }),
    trace: ({ direction, kind, level, bytes }) =>
      onMessage({ direction, name: messageName(kind, bytes), level, length: bytes.length }),
  }
}

async function getPage(connection: TlsConnection, target: Target): Promise<VisitResult> {
  const request = `GET / HTTP/1.1\r\nHost: ${target.serverName}\r\nConnection: close\r\n\r\n`
  await write(connection, new TextEncoder().encode(request))
  const response = await readToEnd(connection, () => false)
  await connection.close()
  return { ...describe(connection, target), request, response: new TextDecoder().decode(response) }
}

async function greet(connection: TlsConnection, target: Target): Promise<VisitResult> {
  await write(connection, startupMessage())
  const response = await readToEnd(connection, (bytes) => bytes.length > 0)
  await connection.close()
  return {
    ...describe(connection, target),
    request: 'StartupMessage: user mortise, database postgres',
    response: describeAnswer(response),
  }
}

function describe({ info }: TlsConnection, { anchors }: Target): Pick<VisitResult, 'facts' | 'subject'> {
  return {
    facts: factsOf(info),
    subject: anchors.length > 0 ? (info.peer?.path?.[0]?.subject.text ?? info.serverName) : undefined,
  }
}

async function write({ writable }: TlsConnection, bytes: Uint8Array): Promise<void> {
  const writer = writable.getWriter()
  await writer.write(bytes)
  writer.releaseLock()
}

async function readToEnd(
  { readable }: TlsConnection,
  isEnough: (bytes: Uint8Array) => boolean,
): Promise<Uint8Array> {
  let bytes: Uint8Array = new Uint8Array(0)
  const reader = readable.getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (value) bytes = concat(bytes, value)
    if (done || bytes.length >= maxResponse || isEnough(bytes)) break
  }
  reader.releaseLock()
  return bytes.subarray(0, maxResponse)
}
