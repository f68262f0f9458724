/** Sessions: what is kept of a connection so that a later one can resume it (RFC 9846 §4.7.1). */
import { expandLabelToBytes, type CryptoProvider, type HashName } from '@mortise/crypto'
import type { VerifiedPeer } from '../info.ts'
import type { Established } from '../postHandshake/connected.ts'
import { hashOf, type PreSharedKey } from './preSharedKey.ts'

/** RFC 9846 §4.7.1: no ticket lives longer than seven days, in seconds. */
export const maxTicketLifetime = 604_800

/** What both sides remember. */
export interface SessionParameters {
  /** The resumption PSK: as secret as the connection itself. */
  readonly key: Uint8Array
  readonly hash: HashName
  /** CipherSuite code point. */
  readonly cipherSuite: number
  readonly serverName: string | undefined
  readonly alpn: string | undefined
  /** Who the peer was, as verified then. */
  readonly peer: VerifiedPeer | undefined
  readonly peerSignatureScheme: number | undefined
  /** Seconds, at most `maxTicketLifetime`. */
  readonly lifetime: number
  /** Added to the ticket's age in milliseconds, modulo 2^32, so that a watcher can't link connections. */
  readonly ageAdd: number
  /** Milliseconds since 1970 on our own clock: when the ticket was received (client) or issued (server). */
  readonly createdAt: number
  /** Bytes of early data that the server takes; 0: none. */
  readonly maxEarlyDataSize: number
  /** The `sessionContext` of the connection that it comes from: what it may be resumed under. */
  readonly context: string
}

/** A session on the client's side: with the ticket to show. */
export interface ClientSession extends SessionParameters {
  /** 1 to 2^16 - 1 bytes. */
  readonly ticket: Uint8Array
}

/** A session on the server's side: what a ticket stands for. */
export type ServerSession = SessionParameters

/** What a ticket adds to the connection that it is of. */
type TicketParameters = Pick<
  SessionParameters,
  'lifetime' | 'ageAdd' | 'createdAt' | 'maxEarlyDataSize' | 'context'
>

/** What either side remembers of a connection for a ticket, by the key that the ticket's nonce makes (RFC 9846 §4.7.1). */
export async function rememberConnection(
  { suite, resumptionSecret, info }: Established,
  ticketNonce: Uint8Array,
  ticket: TicketParameters,
): Promise<SessionParameters> {
  return {
    key: await expandLabelToBytes(suite.hash, resumptionSecret, 'resumption', ticketNonce, suite.hash.length),
    hash: suite.hash.name,
    cipherSuite: suite.suite,
    serverName: info.serverName,
    alpn: info.alpn,
    peer: info.peer,
    peerSignatureScheme: info.peerSignatureScheme,
    ...ticket,
  }
}

export function isFresh({ createdAt, lifetime }: SessionParameters, now: number): boolean {
  const age = now - createdAt
  return age >= 0 && age < Math.min(lifetime, maxTicketLifetime) * 1000
}

/** RFC 9846 §4.3.11.1. */
export function obfuscatedTicketAge({ createdAt, ageAdd }: SessionParameters, now: number): number {
  return (Math.max(0, Math.floor(now - createdAt)) + ageAdd) >>> 0
}

export function sessionKey(
  provider: CryptoProvider,
  session: SessionParameters,
  identity: Uint8Array,
): PreSharedKey {
  return { kind: 'resumption', identity, hash: hashOf(provider, session.hash), key: session.key }
}
