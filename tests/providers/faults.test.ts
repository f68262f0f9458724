/** A provider may fail at any time: each of its operations does, once, in a connection from its first byte to its last. */
import { describe, expect, it } from 'vitest'
import type { CryptoProvider } from '@mortise/crypto'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { connectedPair, testAuthority } from '@mortise/testing'
import { clientCredentials, memorySessions, memoryTickets } from '@mortise/tls'
import { isTlsError, type TlsError } from '@mortise/wire'
import { deliver, meetingAt, type Meeting } from './meetingAt.ts'

/** `provider`, whose `at`-th operation fails: by a rejection if it is asynchronous. */
const failingAt = <P extends CryptoProvider>(provider: P, at: number): Meeting<P> =>
  meetingAt(provider, at, (answer) => {
    if (!(answer instanceof Promise)) throw new Error('fault')
    answer.catch(() => {})
    return Promise.reject(new Error('fault'))
  })

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
      credentials: clientCredentials([await issue(['client'])], { postHandshake: true }),
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
})
