/**
 * A connection that stays open while others come and go, as in a server that is never empty. Without one engines drop the compiled
 * code of every type of which no instance is left, and each round would measure their compiler.
 */
import { once } from 'node:events'
import { quietServer } from './quietServer.ts'
import type { Subject } from './subject.ts'

/** @returns what closes it */
export async function holdOpen(subject: Subject): Promise<() => Promise<void>> {
  const { server, port } = await quietServer(subject)
  const client = subject.connect(port)
  client.resume()
  await once(client, 'secureConnect')
  return async () => {
    client.end()
    await once(client, 'close')
    server.close()
    await once(server, 'close')
  }
}
