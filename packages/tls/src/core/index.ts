export { createConnection, type Connection, type ConnectionOptions } from './connection.ts'
export type { ConnectionEvents, TraceEvent } from './events.ts'
