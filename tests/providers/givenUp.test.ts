/** A connection may be given up at any time: while its provider is at any of its operations, once each, in every handshake. */
import { describe, expect, it } from 'vitest'
import type { CryptoProvider, SigningProvider } from '@mortise/crypto'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { connectedPair, link, testAuthority } from '@mortise/testing'
import { clientCredentials, memoryTickets, storedSessions, type ClientSession } from '@mortise/tls'
import {
  clientConnection,
  serverConnection,
  type ClientOptions,
  type Connection,
  type ConnectionEvents,
  type ServerOptions,
} from '@mortise/tls/core'
import { faults, TlsError } from '@mortise/wire'
import { deliver, meetingAt } from './meetingAt.ts'

type Kind = 'in full' | 'with HelloRetryRequest' | 'with both certificates' | 'with early data'
const kinds: readonly Kind[] = [
  'in full',
  'with HelloRetryRequest',
  'with both certificates',
  'with early data',
]
const now = (): number => Date.UTC(2026, 0, 1)

/** What two sides need for handshakes of a kind, as often as one likes. */
async function settingsOf(
  kind: Kind,
  provider: SigningProvider,
): Promise<{ readonly client: ClientOptions; readonly server: ServerOptions }> {
  const { certificate, issue } = await testAuthority(provider, now())
  const own = { now, serverName: 'localhost', anchors: [certificate], provider }
  const store = memoryTickets(provider, { singleUse: false })
  const server = { now, provider, credentials: [await issue(['localhost'])], tickets: { store } }
  switch (kind) {
    case 'in full':
      return { client: own, server }
    case 'with HelloRetryRequest':
      return { client: { ...own, keyShares: [] }, server }
    case 'with both certificates':
      return {
        client: { ...own, credentials: clientCredentials([await issue(['client'])]) },
        server: { ...server, clientAuthentication: { mode: 'require', anchors: [certificate] } },
      }
    case 'with early data': {
      const earlyData = { maxSize: 1000, replayGuard: { isFirstUse: () => true } }
      const early = { ...server, tickets: { store, earlyData } }
      const kept: ClientSession[] = []
      const sessions = storedSessions({
        take: () => kept[0],
        put: (_, session) => void kept.push(session),
      })
      await connectedPair({ provider, client: { ...own, sessions }, server: early })
      return { client: { ...own, sessions, earlyData: true }, server: early }
    }
  }
}

/** A handshake. @returns the error of the other side than `side`, if it has one */
async function handshakeOf(
  settings: { readonly client: ClientOptions; readonly server: ServerOptions },
  side: 'client' | 'server',
  provider: CryptoProvider,
  made: (connection: Connection) => void,
): Promise<TlsError | undefined> {
  const errors: TlsError[] = []
  const joined = link(() => ({ left: client, right: server }))
  const events = (which: 'client' | 'server'): ConnectionEvents => ({
    send: which === 'client' ? joined.toRight : joined.toLeft,
    connected: () => {},
    data: () => {},
    peerClosed: () => {},
    failed: (error) => {
      if (which !== side) errors.push(error)
    },
    earlyDataOffered: () => void client.writeEarlyData(new Uint8Array(100)),
  })
  const own = (which: 'client' | 'server') => (which === side ? { provider } : {})
  const client: Connection = await clientConnection(
    { ...settings.client, ...own('client') },
    events('client'),
  )
  const server: Connection = await serverConnection(
    { ...settings.server, ...own('server') },
    events('server'),
  )
  made(side === 'client' ? client : server)
  await server.start()
  await client.start()
  await deliver(joined.settle, 8)
  return errors[0]
}

describe.each([
  ['node', nodeCrypto()],
  ['webcrypto', await detectWebcrypto()],
])('while a provider (%s) works', (_, provider) => {
  it.each(kinds.flatMap((kind) => [['client', kind] as const, ['server', kind] as const]))(
    'the %s is given up in a handshake %s: the peer can read the alert, if one comes',
    async (side, kind) => {
      const settings = await settingsOf(kind, provider)
      const outcomes: unknown[] = []
      for (let at = 1; ; at++) {
        let abort = (): void => {}
        const meeting = meetingAt(provider, at, (answer) => {
          queueMicrotask(() => abort()) // nobody else runs while an operation is called
          return answer
        })
        const error = await handshakeOf(settings, side, meeting.provider, (connection) => {
          abort = () => void connection.abort(new TlsError(faults.ERR_TLS_ABORTED))
        })
        if (meeting.hit() === undefined) break
        outcomes.push([meeting.hit(), error?.code ?? 'no error'])
      }
      expect(outcomes.length).toBeGreaterThan(30)
      // RFC 9846 §A.1: a client that doesn't know yet what becomes of its early data moves to its handshake keys, where a
      // server that has taken the data does not look
      const readable =
        side === 'client' && kind === 'with early data'
          ? /^(no error|ERR_TLS_ALERT_RECEIVED|ERR_TLS_BAD_RECORD_MAC)$/
          : /^(no error|ERR_TLS_ALERT_RECEIVED)$/
      for (const outcome of outcomes)
        expect(outcome).toEqual([expect.any(String), expect.stringMatching(readable)])
    },
  )
})
