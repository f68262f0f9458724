/**
 * Every byte of every flight with one bit flipped, in the records as they travel: the handshake fails each time, with one
 * error and at most one alert, and nobody is connected. Only the versions in the headers of records that are not protected
 * may be anything (RFC 9846 §5.1).
 */
import type { Credential, PeerVerifier } from '@mortise/handshake'
import { clientCredentials } from '@mortise/tls'
import { ContentType, isTlsError, recordHeaderLength } from '@mortise/wire'
import { inFlight } from '@mortise/testing'
import { describe, expect, it } from 'vitest'
import { resumed, retried } from './client/settings.ts'
import {
  anchors,
  asynchronousProvider,
  clientAgainst,
  issue,
  serverAgainst,
  type Outcome,
  type Wrong,
  type WrongClient,
  type WrongServer,
} from './scenario.ts'
import { record } from './scripts.ts'
import { resuming, retrying } from './server/settings.ts'

// Signatures of one length, extensions in one order: a flight's bytes mean the same in each run
const credential = await issue(['localhost'], 'ed25519')
const ownCredential = await issue([], 'ed25519')
const server = { credentials: [credential] }
const settled = { grease: false, permuteExtensions: false, cipherSuites: [0x1301] }
const own = { credentials: clientCredentials([ownCredential]) }

const trusts = ({ key: { publicKey } }: Credential): PeerVerifier => ({
  verify: ({ certificates }) => ({ publicKey, certificates }),
})
const peer = { ...settled, verifier: trusts(credential) }

interface Scenario<T extends Wrong> {
  readonly name: string
  readonly options: () => Promise<T> | T
  /** Bytes from one flip to the next. Default: 1. */
  readonly step?: number
}

const serverFlights: readonly Scenario<WrongServer>[] = [
  {
    name: 'with certificates of both',
    options: () => ({
      client: { ...settled, ...own },
      server: { ...server, clientAuthentication: { required: true, verifier: trusts(ownCredential) } },
    }),
  },
  {
    name: 'after HelloRetryRequest',
    step: 3,
    options: () => ({ client: { ...settled, ...retried.client }, server: { ...server, ...retried.server } }),
  },
  {
    name: 'of a resumption with early data',
    options: async () => {
      const { client: ours, server: peers } = await resumed(100)
      return {
        client: { ...settled, ...ours },
        // Tickets come when the handshake is over
        server: { ...server, ...(peers?.tickets ? { tickets: { ...peers.tickets, count: 0 } } : {}) },
      }
    },
  },
  {
    name: 'with an asynchronous provider',
    options: () => ({ client: { ...settled, provider: asynchronousProvider }, server }),
    step: 5,
  },
]

const clientFlights: readonly Scenario<WrongClient>[] = [
  {
    name: 'with certificates of both',
    options: () => ({
      client: { ...peer, ...own },
      server: { ...server, clientAuthentication: { mode: 'require', anchors } },
    }),
  },
  {
    name: 'after HelloRetryRequest',
    step: 3,
    options: () => ({ client: { ...peer, ...retrying.client }, server: { ...server, ...retrying.server } }),
  },
  {
    name: 'of a resumption with early data',
    options: async () => {
      const first = await resuming(100)
      return {
        client: { ...peer, ...first.client },
        server: { ...server, ...first.server },
        edit: inFlight(0, (actions) => [...actions, record(ContentType.application_data, [1, 2, 3])]),
      }
    },
  },
  {
    name: 'with an asynchronous provider',
    options: () => ({ client: peer, server: { ...server, provider: asynchronousProvider } }),
    step: 5,
  },
]

describe('flights of a server', () => {
  sweep(serverFlights, clientAgainst)
})
describe('flights of a client', () => {
  sweep(clientFlights, serverAgainst)
})

function sweep<T extends Wrong>(
  scenarios: readonly Scenario<T>[],
  play: (wrong: T) => Promise<Outcome>,
): void {
  it.each(scenarios)('$name', async ({ options, step = 1 }) => {
    const settings = await options()
    const flights: Uint8Array[] = []
    const honest = await play({
      ...settings,
      editBytes: (bytes, flight) => {
        flights[flight] = bytes.slice()
        return bytes
      },
    })
    expect([honest.error, honest.connected]).toEqual([undefined, true])
    const wrong: string[] = []
    for (const [flight, bytes] of flights.entries()) {
      const ignored = clearVersions(bytes)
      for (let at = 0; at < bytes.length; at += step) {
        const outcome = await play({
          ...settings,
          editBytes: (sent, current) => (current === flight ? flipped(sent, at) : sent),
        })
        const verdict = ignored.has(at) ? connects(outcome) : fails(outcome)
        if (verdict) wrong.push(`flight ${flight}, byte ${at} of ${bytes.length}: ${verdict}`)
      }
    }
    expect(wrong).toEqual([])
  })
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8))
  return copy
}

/** Where the versions of records in the clear stand. */
function clearVersions(flight: Uint8Array): ReadonlySet<number> {
  const found = new Set<number>()
  for (let at = 0; at < flight.length;) {
    if (flight[at] !== ContentType.application_data) found.add(at + 1).add(at + 2)
    at += recordHeaderLength + (((flight[at + 3] ?? 0) << 8) | (flight[at + 4] ?? 0))
  }
  return found
}

function connects({ error, connected }: Outcome): string | undefined {
  return error || !connected ? `no connection: ${String(error)}` : undefined
}

function fails({
  error,
  endError,
  connected,
  failures,
  alerts,
  heardBehindAlert,
}: Outcome): string | undefined {
  if (connected) return 'a connection'
  if (!isTlsError(error ?? endError)) return `no error of ours: ${String(error ?? endError)}`
  if (error?.code === 'ERR_TLS_INTERNAL') return `an error that is none of the peer's: ${String(error.cause)}`
  if (failures !== 1) return `${failures} errors`
  if (alerts.length > 1 || heardBehindAlert > 0) return 'words behind an alert'
  return undefined
}
