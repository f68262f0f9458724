/** The TCP connection to the runner, which is always the one that listens. */
import { connect, type Socket } from 'node:net'
import type { Flags } from './flags.ts'

/** Connected, with the shim's id already sent: 64 bits, little-endian. */
export async function createSocket(flags: Flags): Promise<Socket> {
  const socket = connect({
    port: flags.port ?? 0,
    host: flags.ipv6 ? '::1' : '127.0.0.1',
    noDelay: true,
    allowHalfOpen: true,
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  const id = Buffer.alloc(8)
  id.writeBigUInt64LE(BigInt(flags['shim-id'] ?? '0'))
  socket.write(id)
  return socket
}
