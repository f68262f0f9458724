/**
 * A connection that stays open while others come and go, as in a server that is never empty. Without one engines drop the compiled
 * code of every type of which no instance is left, and each round would measure their compiler.
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Subject } from './subject.ts'

/** @returns what closes it */
export async function holdOpen(subject: Subject): Promise<() => Promise<void>> {
  const server = subject.listen((socket) => {
    socket.on('error', ignore)
    socket.resume()
  })
  await once(server, 'listening')
  const client = subject.connect((server.address() as AddressInfo).port)
  client.resume()
  await once(client, 'secureConnect')
  return async () => {
    client.end()
    await once(client, 'close')
    server.close()
    await once(server, 'close')
  }
}

function ignore(): void {}
