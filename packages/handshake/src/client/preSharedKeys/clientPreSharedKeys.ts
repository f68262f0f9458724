/** A client's pre-shared keys, from options: sessions, keys agreed elsewhere, and early data that goes with them. */
import { PskKeyExchangeMode } from '@mortise/wire'
import { checkKeyExchangeModes, checkPreSharedKeys } from '../../configChecks.ts'
import type { ExternalPreSharedKey } from '../../preSharedKey/preSharedKey.ts'
import type { ClientSession } from '../../preSharedKey/session.ts'
import type { ClientPreSharedKeys } from '../preSharedKeys.ts'
import { makeSession } from './makeSession.ts'
import { offerPreSharedKeys } from './offerPreSharedKeys.ts'

/** What a client offers of pre-shared keys (RFC 9846 §4.3.11), and keeps for later connections. */
export interface ClientPreSharedKeysOptions {
  /** Sessions to resume, best first: offered if they fit the handshake's options. Needs `now` of these. Default: none. */
  readonly sessions?: readonly ClientSession[]
  /** Take tickets for later connections: each becomes a `newSession` action. Needs `now`, too. Default: false. */
  readonly acceptTickets?: boolean
  /** External keys to offer, after the sessions. Default: none. */
  readonly external?: readonly ExternalPreSharedKey[]
  /** PskKeyExchangeMode code points, in order of preference. Default: psk_dhe_ke alone, since psk_ke has no forward secrecy. */
  readonly pskKeyExchangeModes?: readonly number[]
  /** Offer early data with the first session, if that allows it (RFC 9846 §4.3.10). It can be replayed. Default: false. */
  readonly earlyData?: boolean
  /**
   * Stands for what sessions depend on and the handshake doesn't see, the verifier's trust above all: a session is resumed
   * only under the context that it was made under. Default: the empty string.
   */
  readonly sessionContext?: string
}

export type PreSharedKeysConfig = Readonly<Required<ClientPreSharedKeysOptions>>

/**
 * Pre-shared keys for `ClientOptions.preSharedKeys`, for any number of connections that may offer the same.
 * @throws TlsError `ERR_TLS_CONFIG` for modes that are unknown or none, and for keys or identities of a wrong length
 */
export function clientPreSharedKeys(options: ClientPreSharedKeysOptions): ClientPreSharedKeys {
  const keys: PreSharedKeysConfig = Object.freeze({
    sessions: options.sessions ?? [],
    acceptTickets: options.acceptTickets ?? false,
    external: checkPreSharedKeys(options.external ?? []),
    pskKeyExchangeModes: checkKeyExchangeModes(
      options.pskKeyExchangeModes ?? [PskKeyExchangeMode.psk_dhe_ke],
    ),
    earlyData: options.earlyData ?? false,
    sessionContext: options.sessionContext ?? '',
  })
  return {
    offer: (config) => offerPreSharedKeys(keys, config),
    receiveTicket: (ticket, maxEarlyDataSize, state, { now }) =>
      makeSession(keys, ticket, maxEarlyDataSize, state, now),
  }
}
