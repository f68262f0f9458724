/**
 * Owners who do what they like, on both sides at once: write, renew keys, ask for certificates, close, cancel, abort.
 * Whatever they do, each connection ends, both say how, and what they say fits together.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { seededRandom, testAuthority, type SeededRandom, type TestAuthority } from '@mortise/testing'
import {
  accept,
  clientCredentials,
  connect,
  isTlsError,
  memorySessions,
  memoryTickets,
  type Credential,
  type TlsConnection,
} from '@mortise/tls'
import { pipes } from '../doors/transports.ts'
import { rounds } from './rounds.ts'

const providers = [nodeCrypto(), await detectWebcrypto()] as const
let authority: TestAuthority
let credential: Credential
let clientCredential: Credential

beforeAll(async () => {
  authority = await testAuthority(providers[0], Date.now())
  credential = await authority.issue(['localhost'])
  clientCredential = await authority.issue(['client'], 'ed25519')
})

/** What an owner did, and a promise of what came of it. */
type Deed = readonly [name: string, result: Promise<unknown>]

/** One of the things that an owner can do; the rare ones end the connection. */
function deed(
  connection: TlsConnection,
  [reader, writer]: readonly [ReadableStreamDefaultReader, WritableStreamDefaultWriter<Uint8Array>],
  abort: () => void,
  random: SeededRandom,
): Deed {
  if (random.integer(12) === 0)
    switch (random.integer(5)) {
      case 0:
        return ['writer.close', writer.close()]
      case 1:
        return ['writer.abort', writer.abort(new Error('enough'))]
      case 2:
        return ['reader.cancel', reader.cancel()]
      case 3:
        return ['close', connection.close()]
      default:
        return ['abort', (async () => abort())()]
    }
  switch (random.integer(6)) {
    case 0:
      return ['updateKeys', connection.updateKeys({ requestPeer: random.integer(2) === 0 })]
    case 1:
      return ['requestClientCertificate', connection.requestClientCertificate()]
    case 2:
      return ['exportKeyingMaterial', connection.exportKeyingMaterial('EXPORTER-x', new Uint8Array(0), 16)]
    default:
      return ['write', (async () => writer.write(new Uint8Array(random.integer(70_000))))()]
  }
}

/** Does a few things, in part without waiting for what came before, and closes. */
async function own(
  connection: TlsConnection,
  abort: () => void,
  random: SeededRandom,
): Promise<readonly Deed[]> {
  const streams = [connection.readable.getReader(), connection.writable.getWriter()] as const
  for (const stream of streams) stream.closed.catch(() => {})
  const read = async (): Promise<void> => {
    while (!(await streams[0].read()).done);
  }
  read().catch(() => {})
  const deeds: Deed[] = []
  for (let i = 2 + random.integer(10); i > 0; i--) {
    const done = deed(connection, streams, abort, random)
    deeds.push(done)
    done[1].catch(() => {})
    if (random.integer(2) === 0) await Promise.race([done[1].catch(() => {}), pause(random.integer(5))])
  }
  deeds.push(['close', connection.close()])
  return deeds
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

interface Outcome {
  /** `closed`, or the code of the error, of the client and of the server. */
  readonly ends: readonly string[]
  readonly deeds: readonly string[]
  /** Of what failed: TlsErrors, the owners' own, and what streams themselves say to who writes to one that is closed. */
  readonly failures: readonly unknown[]
}

async function play(seed: number): Promise<Outcome> {
  const random = seededRandom(`owners ${seed}`)
  const provider = () => providers[random.integer(2)] ?? providers[0]
  const controllers = [new AbortController(), new AbortController()] as const
  const [near, far] = pipes()
  const early = random.integer(20)
  if (early < 2) setTimeout(() => controllers[early]?.abort(new Error('enough')), random.integer(12))
  const made = await Promise.allSettled([
    connect(near, {
      provider: provider(),
      serverName: 'localhost',
      anchors: [authority.certificate],
      sessions: memorySessions(),
      credentials: clientCredentials([clientCredential], { postHandshake: true }),
      signal: controllers[0].signal,
    }),
    accept(far, {
      provider: provider(),
      credentials: [credential],
      tickets: { store: memoryTickets(providers[0]) },
      clientAuthentication: { mode: 'none', anchors: [authority.certificate] },
      signal: controllers[1].signal,
    }),
  ])
  const deeds = await Promise.all(
    made.map(async (result, who) =>
      result.status === 'fulfilled'
        ? own(result.value, () => controllers[who]?.abort(new Error('enough')), random)
        : [],
    ),
  )
  const results = await Promise.allSettled(deeds.flat().map(([, result]) => result))
  const ends = await Promise.allSettled(
    made.map((result) =>
      result.status === 'fulfilled' ? result.value.closed : Promise.reject(result.reason),
    ),
  )
  return {
    ends: ends.map((end) => (end.status === 'fulfilled' ? 'closed' : codeOf(end.reason))),
    deeds: deeds.flatMap((list, who) => list.map(([name]) => `${who} ${name}`)),
    failures: results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])),
  }
}

const codeOf = (error: unknown): string => (isTlsError(error) ? error.code : String(error))

describe('two owners who do what they like', () => {
  it.each(Array.from({ length: rounds(150) }, (_, seed) => seed))('%i', async (seed) => {
    const { ends, deeds, failures } = await play(seed)
    const story = deeds.join(', ')
    for (const end of ends)
      expect([story, end]).toEqual([
        story,
        expect.stringMatching(/^(closed|ERR_TLS_ABORTED|ERR_TLS_ALERT_RECEIVED|ERR_TLS_TRUNCATED)$/),
      ])
    // A connection that has ended well for one has not been cut off for the other
    expect([story, ends.toSorted()]).not.toEqual([story, ['ERR_TLS_TRUNCATED', 'closed']])
    for (const failure of failures)
      expect([story, isTlsError(failure) ? 'TlsError' : String(failure)]).toEqual([
        story,
        expect.stringMatching(/^(TlsError|Error: enough|TypeError|Error \[ERR_INTERNAL_ASSERTION\])/),
      ])
  })
})
