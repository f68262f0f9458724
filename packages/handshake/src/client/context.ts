import type { ClientConfig } from '../config.ts'
import type { Context } from '../context.ts'

export type ClientContext = Context<ClientConfig>
