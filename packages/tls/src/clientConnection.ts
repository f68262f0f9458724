/** A client's connection, from options, on the core: what every door for clients opens. */
import {
  createClientHandshake,
  type ClientOptions as HandshakeOptions,
  type ClientPreSharedKeysOptions,
} from '@mortise/handshake'
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import {
  cancelling,
  connectionSettingNames,
  handshakeOptions,
  negotiationOptionNames,
  recordOptions,
  type ConnectionSettings,
  type NegotiationOptions,
} from './commonOptions.ts'
import { systemClock } from './clock.ts'
import type { Connection, ConnectionOptions } from './core/api.ts'
import { createConnection } from './core/connection.ts'
import type { ConnectionEvents } from './core/events.ts'
import { checkOptionNames, defined, given, type OptionNames } from './optionNames.ts'
import type { ExternalPreSharedKeys } from './sessions/externalPreSharedKeys.ts'
import type { ClientSessions } from './sessions/storedSessions.ts'
import { expectsNoCertificate } from './trust/peerVerifier.ts'
import { trustOf, trustOptionNames, type TrustOptions } from './trust/trust.ts'

type FromHandshake = Pick<
  HandshakeOptions,
  | 'serverName'
  | 'keyShares'
  | 'grease'
  | 'permuteExtensions'
  | 'compatibilityMode'
  | 'credentials'
  | 'certificateAuthorities'
  | 'padClientHello'
>

/** Of no effect without `sessions` and `preSharedKeys`. */
type FromPreSharedKeys = Pick<ClientPreSharedKeysOptions, 'pskKeyExchangeModes' | 'earlyData'>

/**
 * Either `anchors` or `verifier` says whose certificate is taken. Only who has `preSharedKeys` may do without, and then
 * takes no certificate.
 */
export interface ClientOptions
  extends NegotiationOptions, ConnectionSettings, TrustOptions, FromHandshake, FromPreSharedKeys {
  /** Where sessions are kept, and resumed from: `memorySessions()`, or `storedSessions(store)`. Default: none are. */
  readonly sessions?: ClientSessions
  /** External keys to offer, after a session: `externalPreSharedKeys(keys)`. Default: none. */
  readonly preSharedKeys?: ExternalPreSharedKeys
}

const handshakeOptionNames: OptionNames<FromHandshake> = {
  serverName: true,
  keyShares: true,
  grease: true,
  permuteExtensions: true,
  compatibilityMode: true,
  credentials: true,
  certificateAuthorities: true,
  padClientHello: true,
}

const clientOptionNames: OptionNames<ClientOptions> = {
  ...negotiationOptionNames,
  ...connectionSettingNames,
  ...trustOptionNames,
  ...handshakeOptionNames,
  sessions: true,
  preSharedKeys: true,
  pskKeyExchangeModes: true,
  earlyData: true,
}

/** @throws TlsError `ERR_TLS_CONFIG` for options that can't be honoured, unknown ones included */
export async function clientConnection(
  options: ClientOptions,
  events: ConnectionEvents,
): Promise<Connection> {
  return createConnection(await clientConnectionOptions(options, events))
}

/**
 * What `clientConnection` makes its connection of: for who wants to come between handshake and records.
 * @throws TlsError `ERR_TLS_CONFIG` as above
 */
export async function clientConnectionOptions(
  options: ClientOptions,
  events: ConnectionEvents,
): Promise<ConnectionOptions> {
  checkOptionNames(options, clientOptionNames)
  const { provider, preSharedKeys, sessions, now = systemClock } = options
  const trust = await trustOf(options, provider, now)
  for (const keys of [sessions, preSharedKeys])
    if (keys && !('prepare' in keys))
      throw new TlsError(faults.ERR_TLS_CONFIG, {
        detail: inWords && 'sessions or preSharedKeys are not what the function for them makes',
      })
  if (!trust && !preSharedKeys?.keys.length)
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && 'anchors, a verifier or preSharedKeys are needed',
    })
  const { events: told, signal } = cancelling(events, options)
  const parts = await (sessions ?? preSharedKeys)?.prepare(options, trust?.context ?? '', told)
  return {
    handshake: createClientHandshake({
      ...handshakeOptions(options, options, signal),
      ...given(options, handshakeOptionNames),
      verifier: trust?.verifier ?? expectsNoCertificate,
      ...defined({ preSharedKeys: parts?.preSharedKeys }),
    }),
    events: told,
    ...parts?.connection,
    ...recordOptions(options),
  }
}
