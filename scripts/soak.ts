// `npm run soak`: many resumptions, and many KeyUpdates on one connection, in one process, through the streams of
// `@mortise/tls`. Prints what memory does after each tenth, garbage collected, and fails if it keeps growing.
// `npm run soak -- --resumptions 1000 --key-updates 10000` for less. Not part of CI: it takes minutes.
import { parseArgs } from 'node:util'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority } from '@mortise/testing'
import {
  accept,
  connect,
  memorySessions,
  memoryTickets,
  sealedTickets,
  type ByteStream,
  type TicketStore,
  type TlsConnection,
} from '@mortise/tls'

/** Bytes that may be left over between the second tenth and the last: what caches and the engine itself take. */
const tolerance = 8 * 1024 * 1024

const provider = nodeCrypto()
const authority = await testAuthority(provider, Date.now())
const credential = await authority.issue(['localhost'], 'p256')
const anchors = [authority.certificate]

function pipes(): readonly [ByteStream, ByteStream] {
  const there = new TransformStream<Uint8Array, Uint8Array>()
  const back = new TransformStream<Uint8Array, Uint8Array>()
  return [
    { readable: back.readable, writable: there.writable },
    { readable: there.readable, writable: back.writable },
  ]
}

/** Bytes in use when everything that can go is gone. */
async function memory(): Promise<number> {
  // What is closed lets go a few turns later
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    globalThis.gc?.()
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Runs `step` so often, says what memory does, and answers whether it stayed flat. */
async function soak(name: string, count: number, step: (i: number) => Promise<void>): Promise<boolean> {
  console.log(`${name}: ${count}`)
  const started = performance.now()
  const tenths: number[] = []
  for (let i = 0; i < count; i++) {
    await step(i)
    if ((i + 1) % Math.ceil(count / 10) !== 0 && i + 1 !== count) continue
    tenths.push(await memory())
    const { rss } = process.memoryUsage()
    console.log(
      `  ${String(i + 1).padStart(7)}  heap and buffers ${mebibytes(tenths.at(-1) ?? 0)}, rss ${mebibytes(rss)}, ${seconds(started)}`,
    )
  }
  const growth = (tenths.at(-1) ?? 0) - (tenths[1] ?? tenths[0] ?? 0)
  const flat = growth <= tolerance
  console.log(
    `  ${flat ? 'flat' : 'NOT FLAT'}: ${mebibytes(growth)} more at the end than after the second tenth\n`,
  )
  return flat
}

const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(2)} MiB`
const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** A client that comes back again and again, with the session of the time before. */
function resuming(store: TicketStore): () => Promise<void> {
  const sessions = memorySessions()
  let visits = 0
  return async () => {
    const [near, far] = pipes()
    const [client, server] = await Promise.all([
      connect(near, { provider, serverName: 'localhost', anchors, sessions }),
      accept(far, { provider, credentials: [credential], tickets: { store } }),
    ])
    if (client.info.resumed !== visits++ > 0) throw new Error('a session was not resumed')
    // A byte, so that the tickets before it have come
    const writer = server.writable.getWriter()
    await Promise.all([writer.write(Uint8Array.of(1)), firstOf(client.readable)])
    await Promise.all([client.close(), server.close()])
  }
}

async function firstOf(readable: ReadableStream<Uint8Array>): Promise<void> {
  const reader = readable.getReader()
  await reader.read()
  reader.releaseLock()
}

/** Both sides renew their keys, and say something before the other takes them for a flood (RFC 9846 §4.7.3). */
async function renewing(): Promise<{
  readonly step: (i: number) => Promise<void>
  readonly end: () => Promise<void>
}> {
  const [near, far] = pipes()
  const ends = await Promise.all([
    connect(near, { provider, serverName: 'localhost', anchors }),
    accept(far, { provider, credentials: [credential] }),
  ])
  const [client, server] = ends.map((end) => ({
    end,
    writer: end.writable.getWriter(),
    reader: end.readable.getReader(),
  })) as [Side, Side]
  const say = async (from: Side, to: Side): Promise<void> => {
    const heard = to.reader.read()
    await from.writer.write(Uint8Array.of(1))
    if ((await heard).value?.length !== 1) throw new Error('what was said did not arrive')
  }
  return {
    step: async (i) => {
      const from = i % 2 === 0 ? client : server
      await from.end.updateKeys({ requestPeer: i % 4 < 2 })
      if (i % 8 !== 7) return
      await say(client, server)
      await say(server, client)
    },
    end: async () => {
      await Promise.all(ends.map((end) => end.close()))
    },
  }
}

interface Side {
  readonly end: TlsConnection
  readonly writer: WritableStreamDefaultWriter<Uint8Array>
  readonly reader: ReadableStreamDefaultReader<Uint8Array>
}

const { values } = parseArgs({
  options: {
    resumptions: { type: 'string', default: '10000' },
    'key-updates': { type: 'string', default: '100000' },
  },
})
const half = Math.ceil(Number(values.resumptions) / 2)
const key = { name: provider.random(16), key: provider.random(32) }
const results = [
  await soak('resumptions, sealed tickets', half, resuming(sealedTickets(provider, { current: key }))),
  await soak('resumptions, tickets in memory', half, resuming(memoryTickets(provider, { maxSessions: 100 }))),
]
const { step, end } = await renewing()
results.push(await soak('KeyUpdates', Number(values['key-updates']), step))
await end()
if (results.includes(false)) process.exitCode = 1
