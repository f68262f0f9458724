/** A provider may fail at any time: each of its operations does, once, in a connection from its first byte to its last. */
import { describe, expect, it } from 'vitest'
import type { CryptoProvider } from '@mortise/crypto'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { connectedPair, link, testAuthority } from '@mortise/testing'
import { memorySessions, memoryTickets } from '@mortise/tls'
import { clientConnection, serverConnection, type Connection, type ConnectionEvents } from '@mortise/tls/core'
import { isTlsError, TlsError } from '@mortise/wire'

interface Faulty<P> {
  readonly provider: P
  /** Where the fault was, if it has come to that. */
  readonly hit: () => string | undefined
}

/** `provider`, whose `at`-th operation fails: by a rejection if it is asynchronous. */
const failingAt = <P extends CryptoProvider>(provider: P, at: number): Faulty<P> =>
  meetingAt(provider, at, (answer) => {
    if (!(answer instanceof Promise)) throw new Error('fault')
    answer.catch(() => {})
    return Promise.reject(new Error('fault'))
  })

/** @param met makes something else of what the `at`-th operation answers */
function meetingAt<P extends CryptoProvider>(
  provider: P,
  at: number,
  met: (answer: unknown) => unknown,
): Faulty<P> {
  const copies = new WeakMap<object, unknown>()
  let count = 0
  let hit: string | undefined
  const call = (run: (...args: unknown[]) => unknown, path: string, args: unknown[]): unknown => {
    const answer = run(...args)
    if (path.endsWith('.destroy') || ++count !== at) return copyOf(answer, path)
    hit = path
    return copyOf(met(answer), path)
  }
  const copyOf = (value: unknown, path: string): unknown => {
    if (value instanceof Promise) return value.then((settled) => copyOf(settled, path))
    if (typeof value === 'function')
      return (...args: unknown[]) => call(value as (...all: unknown[]) => unknown, path, args)
    // A secret must be the very one that the provider has made
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array || 'reveal' in value)
      return value
    const known = copies.get(value)
    if (known) return known
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {}
    copies.set(value, copy)
    for (const [name, part] of Object.entries(value))
      Object.assign(copy, { [name]: copyOf(part, `${path}.${name}`) })
    return copy
  }
  return { provider: copyOf(provider, 'provider') as P, hit: () => hit }
}

type Provider = Parameters<typeof connectedPair>[0]['provider']

/** Everything that a connection does. @returns each side's error */
async function live(
  provider: Provider,
  faulty: Partial<Record<'client' | 'server', CryptoProvider>>,
): Promise<Record<'client' | 'server', TlsError | undefined>> {
  const { certificate, issue } = await testAuthority(provider, Date.UTC(2026, 0, 1))
  const { client, server, settle } = await connectedPair({
    provider,
    client: {
      sessions: memorySessions(),
      credentials: [await issue(['client'])],
      postHandshakeAuthentication: true,
      ...(faulty.client && { provider: faulty.client }),
    },
    server: {
      tickets: { store: memoryTickets(provider) },
      clientAuthentication: { mode: 'none', anchors: [certificate] },
      ...(faulty.server && { provider: faulty.server }),
    },
  })
  const steps: readonly (() => unknown)[] = [
    () => client.connection.write(new Uint8Array(40_000)),
    () => server.connection.write(new Uint8Array(40_000)),
    () => client.connection.updateKeys(true),
    () => server.connection.write(new Uint8Array(5)),
    () => server.connection.requestClientCertificate(),
    () => client.connection.close(),
    () => server.connection.close(),
  ]
  const results: Promise<unknown>[] = []
  for (const step of steps) {
    const result = (async () => step())()
    results.push(result)
    // Who asks for a certificate may wait in vain for a peer that has failed
    await Promise.race([Promise.allSettled([result]), deliver(settle)])
    await settle()
  }
  // If one is gone without a word, the other still waits
  for (const { connection } of [client, server]) await connection.endOfTransport()
  for (const result of await Promise.allSettled(results))
    if (result.status === 'rejected' && !isTlsError(result.reason)) throw result.reason
  return { client: client.error(), server: server.error() }
}

/** A handshake. @returns the error of the other side than `side`, if it has one */
async function handshakeOf(
  provider: Provider,
  side: 'client' | 'server',
  own: CryptoProvider,
  made: (connection: Connection) => void,
): Promise<TlsError | undefined> {
  const now = (): number => Date.UTC(2026, 0, 1)
  const { certificate, issue } = await testAuthority(provider, now())
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
  })
  const client: Connection = await clientConnection(
    {
      provider: side === 'client' ? own : provider,
      now,
      serverName: 'localhost',
      anchors: [certificate],
    },
    events('client'),
  )
  const server: Connection = await serverConnection(
    {
      provider: side === 'server' ? own : provider,
      now,
      credentials: [await issue(['localhost'])],
      tickets: { store: memoryTickets(provider) },
    },
    events('server'),
  )
  made(side === 'client' ? client : server)
  await server.start()
  await client.start()
  await deliver(joined.settle)
  return errors[0]
}

/** Delivers for as long as it takes to answer a message, whatever the provider needs for it. */
async function deliver(settle: () => Promise<void>): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await settle()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

describe.each([
  ['node', nodeCrypto()],
  ['webcrypto', await detectWebcrypto()],
])('a provider (%s)', (_, provider) => {
  it.each(['client', 'server'] as const)(
    'that fails anywhere fails the %s and nothing else',
    async (side) => {
      const outcomes: unknown[] = []
      for (let at = 1; ; at++) {
        const faulty = failingAt(provider, at)
        const error = await live(provider, { [side]: faulty.provider }).then(
          (errors) => errors[side],
          (thrown: unknown) => thrown,
        )
        const hit = faulty.hit()
        if (hit === undefined) break
        // Records are opened ahead; if the keys changed before them, what came of it is dropped
        if (error || !hit.endsWith('.open')) outcomes.push([hit, error])
      }
      expect(outcomes.length).toBeGreaterThan(50)
      for (const outcome of outcomes)
        expect(outcome).toMatchObject([expect.any(String), { code: 'ERR_TLS_INTERNAL', blame: 'local' }])
    },
  )

  it.each(['client', 'server'] as const)(
    'that works while the %s is given up: the peer can read the alert, if one comes',
    async (side) => {
      const outcomes: unknown[] = []
      for (let at = 1; ; at++) {
        let abort = (): void => {}
        const meeting = meetingAt(provider, at, (answer) => {
          queueMicrotask(() => abort()) // nobody else runs while an operation is called
          return answer
        })
        const error = await handshakeOf(provider, side, meeting.provider, (connection) => {
          abort = () => void connection.abort(new TlsError('ERR_TLS_ABORTED'))
        })
        if (meeting.hit() === undefined) break
        outcomes.push([meeting.hit(), error?.code ?? 'no error'])
      }
      expect(outcomes.length).toBeGreaterThan(40)
      for (const outcome of outcomes)
        expect(outcome).toEqual([
          expect.any(String),
          expect.stringMatching(/^(no error|ERR_TLS_ALERT_RECEIVED)$/),
        ])
    },
  )
})
