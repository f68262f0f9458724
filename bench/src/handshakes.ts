/** Full handshakes one after the other, from connecting to both ends' close. */
import { once } from 'node:events'
import { processorTime, sample, type Sample } from './processorTime.ts'
import { quietServer } from './quietServer.ts'
import type { Subject } from './subject.ts'

/** @param budget milliseconds of processor time; one handshake is made in any case */
export async function handshakes(subject: Subject, budget: number): Promise<Sample> {
  const { server, port } = await quietServer(subject)
  await handshake(subject, port)
  const result = await sample(async () => {
    const end = processorTime() + budget
    let count = 0
    do {
      await handshake(subject, port)
      count++
    } while (processorTime() < end)
    return count
  })
  server.close()
  await once(server, 'close')
  return result
}

async function handshake({ connect }: Subject, port: number): Promise<void> {
  const client = connect(port)
  client.resume()
  await once(client, 'secureConnect')
  client.end()
  await once(client, 'close')
}
