/** Data from client to server through one connection, as fast as it takes it. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { processorTime, sample, type Sample } from './processorTime.ts'
import type { Subject } from './subject.ts'

const chunk = Buffer.alloc(65_536, 'mortise')

/** @param budget milliseconds of processor time; amounts are megabytes (10^6 bytes) */
export async function bulk(subject: Subject, budget: number): Promise<Sample> {
  const sink = createSink()
  const server = subject.listen((socket) => {
    socket.on('error', ignore)
    socket.on('data', sink.take)
  })
  await once(server, 'listening')
  const client = subject.connect((server.address() as AddressInfo).port)
  client.resume()
  await once(client, 'secureConnect')
  const before = await write(client, 5)
  await sink.until(before)
  const result = await sample(async () => {
    const sent = await write(client, budget)
    await sink.until(before + sent)
    return sent / 1_000_000
  })
  client.end()
  await once(client, 'close')
  server.close()
  await once(server, 'close')
  return result
}

/** Counts what arrives. */
function createSink(): {
  readonly take: (bytes: Uint8Array) => void
  readonly until: (total: number) => Promise<void>
} {
  let received = 0
  let expected = Infinity
  let arrived = ignore
  return {
    take: ({ length }) => {
      received += length
      if (received >= expected) arrived()
    },
    until: async (total) => {
      expected = total
      if (received < total)
        await new Promise<void>((resolve) => {
          arrived = resolve
        })
    },
  }
}

/** Writes between two looks at the clock, which costs as much as sealing a record. */
const writesPerLook = 16

/** @returns bytes */
async function write(socket: Duplex, budget: number): Promise<number> {
  const end = processorTime() + budget
  let drained = ignore
  const listen = (): void => drained()
  socket.on('drain', listen) // one listener for all: `once` for each write would be measured, too
  let sent = 0
  do {
    for (let i = 0; i < writesPerLook; i++) {
      sent += chunk.length
      if (socket.write(chunk)) continue
      await new Promise<void>((resolve) => {
        drained = resolve
      })
    }
  } while (processorTime() < end)
  socket.off('drain', listen)
  return sent
}

function ignore(): void {}
