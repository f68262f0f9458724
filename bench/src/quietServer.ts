/** Servers that read and say nothing. */
import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import type { Subject } from './subject.ts'

export async function quietServer({
  listen,
}: Subject): Promise<{ readonly server: Server; readonly port: number }> {
  const server = listen((socket) => {
    socket.on('error', ignore)
    socket.resume()
  })
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

function ignore(): void {}
