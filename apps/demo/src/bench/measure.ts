/** Handshakes and bulk data between two ends of one provider. It counts, and says how fast it has been so far. */
import type { SigningProvider } from '@mortise/crypto'
import { link, testAuthority } from '@mortise/testing'
import { clientConnection, serverConnection, type Connection, type ConnectionEvents } from '@mortise/tls/core'
import type { Credential } from '@mortise/tls'
import { CipherSuite, NamedGroup } from '@mortise/wire'
import { abilitiesOf, completed, loadProvider } from '../engine/providers.ts'
import { providerNames, type ProviderName } from '../engine/settings.ts'
import type { Order, Report } from './protocol.ts'

/** Milliseconds of one measurement, and between two reports of it. */
const duration = 1200
const interval = 100
const block = 65_536
const megabyte = 1e6
const name = 'bench.example'

interface Bench {
  readonly provider: SigningProvider
  readonly order: Order
  readonly anchors: readonly Uint8Array[]
  readonly credential: Credential
}

interface Pair {
  readonly client: Connection
  readonly settle: () => Promise<void>
}

export async function measureAll(order: Order, report: (report: Report) => void): Promise<void> {
  for (const provider of providerNames) await measureOne(provider, order, report)
  report({ kind: 'done' })
}

async function measureOne(
  provider: ProviderName,
  order: Order,
  report: (report: Report) => void,
): Promise<void> {
  const own = await loadProvider(provider)
  const abilities = abilitiesOf(own)
  if (!abilities.groups.has(order.group) || !abilities.suites.has(order.suite))
    return report({ kind: 'unsupported', provider })
  const bench = await prepare(completed(own, await loadProvider('noble')), order)
  const rateOf = (measure: 'handshakes' | 'throughput') => {
    report({ kind: 'begin', provider, measure })
    return (rate: number) => report({ kind: 'rate', provider, measure, rate })
  }
  await connectPair(bench) // code that is cold tells nothing
  await repeat(async () => {
    await connectPair(bench)
    return 1
  }, rateOf('handshakes'))
  const pair = await connectPair(bench)
  const bytes = new Uint8Array(block)
  await repeat(async () => {
    await pair.client.write(bytes)
    await pair.settle()
    return block / megabyte
  }, rateOf('throughput'))
}

async function prepare(provider: SigningProvider, order: Order): Promise<Bench> {
  const authority = await testAuthority(provider, Date.now())
  return {
    provider,
    order,
    anchors: [authority.certificate],
    credential: await authority.issue([name], 'p256'),
  }
}

/** Does `once` again and again, until time is up; what it answers is added up. */
async function repeat(once: () => Promise<number>, tell: (rate: number) => void): Promise<void> {
  const started = performance.now()
  let told = started
  let sum = 0
  for (;;) {
    sum += await once()
    const now = performance.now()
    const isOver = now - started >= duration
    if (isOver || now - told >= interval) {
      tell((sum * 1000) / (now - started))
      told = now
    }
    if (isOver) return
  }
}

/** @throws TlsError if the handshake fails */
async function connectPair({ provider, order, anchors, credential }: Bench): Promise<Pair> {
  const joined = link(() => ({ left: client, right: server }))
  const common = {
    provider,
    cipherSuites: [CipherSuite[order.suite]],
    groups: [NamedGroup[order.group]],
  }
  const events = (send: (bytes: Uint8Array) => void): ConnectionEvents => ({
    send,
    connected: () => {},
    data: () => {},
    peerClosed: () => {},
    failed: () => {},
  })
  const client = await clientConnection({ ...common, serverName: name, anchors }, events(joined.toRight))
  const server = await serverConnection({ ...common, credentials: [credential] }, events(joined.toLeft))
  await server.start()
  await client.start()
  await joined.settle()
  if (client.error) throw client.error
  return { client, settle: joined.settle }
}
