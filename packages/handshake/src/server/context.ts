import type { MaybePromise } from '@mortise/crypto'
import type { ServerOptions } from '../options.ts'
import type { Context } from '../context.ts'
import type { ClientHelloInfo } from './clientHelloInfo.ts'

/** Options, or a function that chooses them by the ClientHello. */
export type ServerOptionsSource =
  | ServerOptions
  | ((clientHello: ClientHelloInfo) => MaybePromise<ServerOptions>)

export type ServerContext = Context<ServerOptionsSource>
