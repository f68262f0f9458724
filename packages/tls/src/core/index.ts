export type { Connection, ConnectionOptions } from './api.ts'
export { createConnection } from './connection.ts'
export type { ConnectionEvents, TraceEvent } from './events.ts'
export { writeEarlyData } from './sending.ts'
export { clientConnection, clientConnectionOptions, type ClientOptions } from '../clientConnection.ts'
export {
  serverConnection,
  serverConnectionOptions,
  type ServerOptions,
  type ServerOptionsByClientHello,
} from '../serverConnection.ts'
export {
  channelBinding,
  type BindableConnection,
  type ChannelBindingType,
  type Party,
} from '../channelBinding.ts'
export { watch, type Watch } from '../handshakeDeadline.ts'
export { connectionInfo, type ConnectionInfo, type Peer } from '../info.ts'
export type { ConnectionSettings } from '../commonOptions.ts'
export type { EarlyDataSource, EarlyDataWriter, EarlyOpening } from '../earlyDataWriter.ts'
