/** A server's connection, from options, on the core: what every door for servers opens. */
import type { MaybePromise } from '@mortise/crypto'
import {
  createServerHandshake,
  type ClientHelloInfo,
  type ServerOptions as HandshakeOptions,
  type TicketOptions,
} from '@mortise/handshake'
import { hex, inWords, TlsError, type OIDFilter } from '@mortise/wire'
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
import type { Connection, ConnectionOptions } from './core/api.ts'
import { createConnection } from './core/connection.ts'
import type { ConnectionEvents } from './core/events.ts'
import { checkOptionNames, defined, given, type OptionNames } from './optionNames.ts'
import type { ReplayGuard } from './sessions/replayGuard.ts'
import type { TicketStore } from './sessions/ticketStore.ts'
import { filtering } from './trust/filtering.ts'
import { trustOf, trustOptionNames, type TrustOptions } from './trust/trust.ts'

type FromHandshake = Pick<
  HandshakeOptions,
  | 'credentials'
  | 'preference'
  | 'retryFor'
  | 'grease'
  | 'announceGroups'
  | 'pskKeyExchangeModes'
  | 'findPreSharedKey'
  | 'retryCookie'
>

export interface ServerNegotiationOptions extends NegotiationOptions, FromHandshake {
  /** Ask clients for a certificate (RFC 9846 §4.4.2). Default: no. */
  readonly clientAuthentication?: ClientAuthenticationOptions
  /** Tickets for clients that come back (RFC 9846 §4.7.1). Default: none. */
  readonly tickets?: ServerTicketOptions
}

export interface ServerOptions extends ServerNegotiationOptions, ConnectionSettings {}

/** One of `anchors` and `verifier` is needed: whose certificates are taken. */
export interface ClientAuthenticationOptions extends TrustOptions {
  /**
   * `request`: a client without a certificate is let in, and `info.peer` is `undefined`. `none`: clients are asked only by
   * `requestClientCertificate`, after the handshake, and then may have none.
   */
  readonly mode: 'none' | 'request' | 'require'
  /** DER distinguished names to tell the client (RFC 9846 §4.3.4). Default: none. */
  readonly certificateAuthorities?: readonly Uint8Array[]
  /** What the certificate must have, as far as there is a rule for it: key usages, purposes (RFC 9846 §4.3.5). Default: nothing. */
  readonly oidFilters?: readonly OIDFilter[]
}

/** Tickets as a server issues them (RFC 9846 §4.7.1). */
export interface ServerTicketOptions extends Pick<TicketOptions, 'count' | 'lifetime'> {
  readonly store: TicketStore
  /** Take early data. It can be replayed, up to what the guard prevents (RFC 9846 §8). Default: none is taken. */
  readonly earlyData?: ServerEarlyDataOptions
}

/** Early data as a server takes it (RFC 9846 §4.3.10, §8). */
export interface ServerEarlyDataOptions {
  /** Bytes per connection. */
  readonly maxSize: number
  readonly replayGuard: ReplayGuard
  /** Milliseconds by which a ticket's age may be off (RFC 9846 §8.3). Default: 10,000. */
  readonly window?: number
}

/** Chooses options by a ClientHello: certificates by name, trust by tenant. What it throws refuses the client. */
export type ServerOptionsByClientHello = (hello: ClientHelloInfo) => MaybePromise<ServerNegotiationOptions>

const handshakeOptionNames: OptionNames<FromHandshake> = {
  credentials: true,
  preference: true,
  retryFor: true,
  grease: true,
  announceGroups: true,
  pskKeyExchangeModes: true,
  findPreSharedKey: true,
  retryCookie: true,
}

const serverNegotiationOptionNames: OptionNames<ServerNegotiationOptions> = {
  ...negotiationOptionNames,
  ...handshakeOptionNames,
  clientAuthentication: true,
  tickets: true,
}

const clientAuthenticationOptionNames: OptionNames<ClientAuthenticationOptions> = {
  ...trustOptionNames,
  mode: true,
  certificateAuthorities: true,
  oidFilters: true,
}

/**
 * @param settings beside a function, which comes too late for them; options that are no function hold their own
 * @throws TlsError `ERR_TLS_CONFIG` for options that can't be honoured, unknown ones included
 */
export async function serverConnection(
  options: ServerOptions | ServerOptionsByClientHello,
  events: ConnectionEvents,
  settings: ConnectionSettings = typeof options === 'function' ? {} : options,
): Promise<Connection> {
  return createConnection(await serverConnectionOptions(options, events, settings))
}

/**
 * What `serverConnection` makes its connection of: for who wants to come between handshake and records.
 * @throws TlsError `ERR_TLS_CONFIG` as above
 */
export async function serverConnectionOptions(
  options: ServerOptions | ServerOptionsByClientHello,
  events: ConnectionEvents,
  settings: ConnectionSettings = typeof options === 'function' ? {} : options,
): Promise<ConnectionOptions> {
  if (typeof options === 'function') checkOptionNames(settings, connectionSettingNames)
  else checkOptionNames(options, { ...serverNegotiationOptionNames, ...connectionSettingNames })
  const { events: told, signal } = cancelling(events, settings)
  return {
    handshake: createServerHandshake(
      typeof options === 'function'
        ? async (hello) => chosenOptions(await options(hello), settings, signal)
        : await serverHandshakeOptions(options, settings, signal),
    ),
    events: told,
    ...recordOptions(settings),
  }
}

function chosenOptions(
  options: ServerNegotiationOptions,
  settings: ConnectionSettings,
  signal: AbortSignal,
): Promise<HandshakeOptions> {
  checkOptionNames(options, serverNegotiationOptionNames)
  return serverHandshakeOptions(options, settings, signal)
}

async function serverHandshakeOptions(
  options: ServerNegotiationOptions,
  settings: ConnectionSettings,
  signal: AbortSignal,
): Promise<HandshakeOptions> {
  const { credentials, clientAuthentication, tickets } = options
  const common = handshakeOptions(options, settings, signal)
  return {
    ...common,
    ...given(options, handshakeOptionNames),
    credentials,
    ...(clientAuthentication ? await askClients(clientAuthentication, common) : {}),
    ...(tickets ? { tickets: ticketOptions(tickets) } : {}),
  }
}

async function askClients(
  options: ClientAuthenticationOptions,
  { provider, now }: ReturnType<typeof handshakeOptions>,
): Promise<Pick<HandshakeOptions, 'clientAuthentication' | 'sessionContext'>> {
  checkOptionNames(options, clientAuthenticationOptionNames)
  const { mode, certificateAuthorities, oidFilters = [], ...trustOptions } = options
  if (mode !== 'none' && mode !== 'request' && mode !== 'require')
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && 'clientAuthentication.mode is "none", "request" or "require"',
    })
  const trust = await trustOf(trustOptions, provider, now)
  if (!trust)
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && 'clientAuthentication needs anchors or a verifier',
    })
  return {
    clientAuthentication: {
      required: mode === 'require',
      inHandshake: mode !== 'none',
      verifier: filtering(trust.verifier, oidFilters),
      ...defined({ certificateAuthorities }),
      oidFilters,
    },
    // A session of a client that showed nothing must not stand for one that has to
    sessionContext: [mode, trust.context, ...oidFilters.map(textOf)].join(' '),
  }
}

function textOf({ certificateExtensionOid, certificateExtensionValues }: OIDFilter): string {
  return `${hex(certificateExtensionOid)}=${hex(certificateExtensionValues)}`
}

function ticketOptions({ store, earlyData, ...rest }: ServerTicketOptions): TicketOptions {
  return {
    ...rest,
    issue: store.issue,
    redeem: store.redeem,
    ...(earlyData ? { earlyData: earlyDataOptions(earlyData) } : {}),
  }
}

function earlyDataOptions({
  maxSize,
  replayGuard,
  window,
}: ServerEarlyDataOptions): NonNullable<TicketOptions['earlyData']> {
  return {
    maxSize,
    isFirstUse: async (id, expiresAt) => {
      try {
        return await replayGuard.isFirstUse(id, expiresAt)
      } catch {
        return false // a guard that can't tell: better a round trip than a replay
      }
    },
    ...defined({ window }),
  }
}
