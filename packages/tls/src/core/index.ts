export type { Connection, ConnectionOptions } from './api.ts'
export { createConnection } from './connection.ts'
export type { ConnectionEvents, TraceEvent } from './events.ts'
