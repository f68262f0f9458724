/** A client's connection, from options, on the core: what every door for clients opens. */
import { createClientHandshake, type ClientOptions as HandshakeOptions } from '@mortise/handshake'
import { isTlsError, TlsError } from '@mortise/wire'
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
import { checkOptionNames, given, type OptionNames } from './optionNames.ts'
import type { SessionStore } from './sessions/sessionStore.ts'
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
  | 'preSharedKeys'
  | 'earlyData'
>

/**
 * Either `anchors` or `verifier` says whose certificate is taken. Only who has `preSharedKeys` may do without, and then
 * takes no certificate.
 */
export interface ClientOptions extends NegotiationOptions, ConnectionSettings, TrustOptions, FromHandshake {
  /** Where sessions are kept, and resumed from. Default: none are. */
  readonly sessions?: SessionStore
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
  preSharedKeys: true,
  earlyData: true,
}

const clientOptionNames: OptionNames<ClientOptions> = {
  ...negotiationOptionNames,
  ...connectionSettingNames,
  ...trustOptionNames,
  ...handshakeOptionNames,
  sessions: true,
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
  const { provider, serverName, preSharedKeys, sessions, now = systemClock } = options
  const trust = await trustOf(options, provider, now)
  if (!trust && !preSharedKeys?.length)
    throw new TlsError('ERR_TLS_CONFIG', { detail: 'anchors, a verifier or preSharedKeys are needed' })
  const sessionContext = trust?.context ?? ''
  const key = JSON.stringify([serverName, options.alpn, sessionContext])
  const session = sessions && (await takeSession(sessions, key))
  const { events: told, signal } = cancelling(events, options)
  return {
    handshake: createClientHandshake({
      ...handshakeOptions(options, options, signal),
      ...given(options, handshakeOptionNames),
      verifier: trust?.verifier ?? expectsNoCertificate,
      sessionContext,
      sessions: session ? [session] : [],
      acceptTickets: sessions !== undefined,
    }),
    events: sessions
      ? {
          ...told,
          session: (made) => {
            void keep(sessions, key, made)
            events.session?.(made)
          },
        }
      : told,
    ...recordOptions(options),
  }
}

async function takeSession(
  sessions: SessionStore,
  key: string,
): Promise<Awaited<ReturnType<SessionStore['take']>>> {
  try {
    return await sessions.take(key)
  } catch (cause) {
    if (isTlsError(cause)) throw cause
    throw new TlsError('ERR_TLS_INTERNAL', { detail: 'the session store failed', cause })
  }
}

/** A store that fails costs a resumption, not the connection. */
async function keep(
  sessions: SessionStore,
  ...[key, session]: Parameters<SessionStore['put']>
): Promise<void> {
  try {
    await sessions.put(key, session)
  } catch {
    // As with a store that forgets
  }
}
