/**
 * Connections of clients that have pre-shared keys. The code of these comes with the values of the options `sessions` and
 * `preSharedKeys`, so that who uses neither does not carry it.
 */
import type { MaybePromise } from '@mortise/crypto'
import type { ClientPreSharedKeys, ClientPreSharedKeysOptions } from '@mortise/handshake'
import type { ClientOptions } from '../clientConnection.ts'
import type { ConnectionOptions } from '../core/api.ts'
import type { ConnectionEvents } from '../core/events.ts'
import { defined } from '../optionNames.ts'

/** What a connection is made of beside what it is made of without pre-shared keys. */
export interface PreSharedKeyParts {
  readonly preSharedKeys: ClientPreSharedKeys
  readonly connection: Partial<Pick<ConnectionOptions, 'events' | 'writeEarlyData'>>
}

/**
 * Prepares a connection.
 * @param sessionContext see `ClientPreSharedKeysOptions`
 * @throws TlsError `ERR_TLS_CONFIG` for options that can't be honoured, `ERR_TLS_INTERNAL` if a store fails
 */
export type PreparePreSharedKeys = (
  options: ClientOptions,
  sessionContext: string,
  events: ConnectionEvents,
) => MaybePromise<PreSharedKeyParts>

/** What the handshake has to know, whatever the sessions. */
export function preSharedKeysOptions(
  { preSharedKeys, pskKeyExchangeModes, earlyData }: ClientOptions,
  sessionContext: string,
): ClientPreSharedKeysOptions {
  return defined({ external: preSharedKeys?.keys, pskKeyExchangeModes, earlyData, sessionContext })
}
