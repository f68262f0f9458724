/**
 * The network that the guide's programs see: ports that they listen on are free ports of loopback in truth, and whoever
 * they connect to is found there. Nothing leaves the machine.
 */
import { Server, Socket, type AddressInfo } from 'node:net'

export interface Loopback {
  /** Lets `server` be found under another name as well, say `example.org:443`. It must listen. */
  readonly name: (hostAndPort: string, server: Server) => void
  /** Closes what was left open, and gives the network back. */
  readonly restore: () => Promise<void>
}

interface Target {
  readonly host?: string
  readonly port?: number | string
  readonly path?: string
}

type Connect = (this: Socket, ...args: readonly unknown[]) => Socket
type Listen = (this: Server, ...args: readonly unknown[]) => Server

/** Where the methods are that are replaced. */
interface Network {
  connect: Connect
  listen: Listen
}

export function loopback(): Loopback {
  const sockets = Socket.prototype as unknown as Pick<Network, 'connect'>
  const servers = Server.prototype as unknown as Pick<Network, 'listen'>
  const { connect } = sockets
  const { listen } = servers
  const names = new Map<string, Server>()
  const opened = new Set<Server | Socket>()

  servers.listen = function (port, ...rest) {
    const listening = rest.findLast((argument) => typeof argument === 'function')
    if (typeof port !== 'number') throw new TypeError('examples listen on ports')
    opened.add(this)
    if (port !== 0) names.set(`localhost:${port}`, this)
    this.on('connection', (socket: Socket) => opened.add(socket))
    return listen.call(this, { host: '127.0.0.1', port: 0 }, ...(listening ? [listening] : []))
  }
  sockets.connect = function (first, ...rest) {
    const target = (Array.isArray(first) ? first[0] : first) as Target
    const { host = 'localhost', port } = target
    const server = names.get(`${host.replace('127.0.0.1', 'localhost')}:${port}`)
    const to = server ? portOf(server) : port
    if (!server && !isLoopback(host)) throw new Error(`examples must not leave the machine: ${host}:${port}`)
    opened.add(this)
    if (to === undefined) {
      Object.assign(this, { connecting: true })
      server?.once('listening', () => connect.call(this, { host: '127.0.0.1', port: portOf(server) }))
      return this
    }
    const done = Array.isArray(first) ? (first[1] as unknown) : rest.at(-1)
    return connect.call(this, { host: '127.0.0.1', port: to }, ...(typeof done === 'function' ? [done] : []))
  }
  return {
    name: (hostAndPort, server) => names.set(hostAndPort, server),
    restore: async () => {
      sockets.connect = connect
      servers.listen = listen
      await ended(opened)
      for (const item of opened) if (item instanceof Socket) item.destroy()
      for (const item of opened)
        if (item instanceof Server && item.listening) await new Promise((resolve) => item.close(resolve))
    },
  }
}

const portOf = (server: Server): number | undefined => (server.address() as AddressInfo | null)?.port

const isLoopback = (host: string): boolean => ['localhost', '127.0.0.1', '::1'].includes(host)

/** Waits for connections that are about to end; some never do. */
async function ended(opened: ReadonlySet<Server | Socket>): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    if ([...opened].every((item) => item instanceof Server || item.destroyed)) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
