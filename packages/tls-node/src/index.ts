/** TLS 1.3 over `net.Socket`, shaped like node:tls. */
export { connect, type ConnectOptions } from './connect.ts'
export { createServer } from './createServer.ts'
export { systemRoots } from './systemRoots.ts'
export type { TlsSocket } from './TlsSocket.ts'
