import type { Socket } from 'node:net'

/** Milliseconds that a peer gets to take our last bytes before its socket is destroyed. */
const lingering = 1000

/**
 * Ends a socket such that the last alert arrives: what the peer still sends is read, and dropped, for a while.
 * @param told settles when the last alert is on its way
 */
export function letGo(socket: Socket, told: void | Promise<void>): void {
  if (socket.destroyed) return
  const timer = setTimeout(() => socket.destroy(), lingering)
  timer.unref()
  socket.removeAllListeners('data')
  socket.on('error', () => {})
  socket.once('close', () => clearTimeout(timer))
  socket.resume()
  if (told) void told.then(() => socket.end())
  else socket.end()
}
