/**
 * How bytes arrive does not matter (RFC 9846 §5.1): what is accepted is accepted in any pieces, what is refused is refused
 * with the same error and the same alert.
 */
import { seededRandom } from '@mortise/testing'
import { AlertDescription } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import type { Case } from '../misbehaving/cases.ts'
import { wrongServers } from '../misbehaving/client/all.ts'
import { clientAgainst, serverAgainst, type Outcome, type Wrong } from '../misbehaving/scenario.ts'
import { wrongClients } from '../misbehaving/server/all.ts'
import { applicationData } from '../misbehaving/scripts.ts'
import { pieces } from './mutate.ts'
import { clients, servers } from './settings.ts'

/** Bytes per piece, and messages per record: every small size, and some that fit nothing. */
const sizes = [...Array.from({ length: 16 }, (_, i) => i + 1), 31, 64, 127, 255, 1000]

describe('honest servers', () => {
  inPieces(servers, clientAgainst)
})
describe('honest clients', () => {
  inPieces(clients, serverAgainst)
})
describe('wrong servers', () => {
  sameRefusals(wrongServers, clientAgainst)
})
describe('wrong clients', () => {
  sameRefusals(wrongClients, serverAgainst)
})

function inPieces<T extends Wrong>(
  kinds: Readonly<Record<string, T>>,
  play: (wrong: T) => Promise<Outcome>,
): void {
  it.each(Object.entries(kinds))('%s', async (_, kind) => {
    const found: string[] = []
    for (const size of sizes) {
      const { error, connected, received } = await play({
        ...kind,
        maxContent: size,
        pieces: (bytes) =>
          Array.from({ length: Math.ceil(bytes.length / size) }, (__, i) =>
            bytes.subarray(i * size, (i + 1) * size),
          ),
        afterwards: (peer) => peer.perform(applicationData),
      })
      if (error || !connected || received.join() !== '1,2,3')
        found.push(`pieces of ${size}: ${String(error)}`)
    }
    expect(found).toEqual([])
  })
}

/** All rows, each in pieces of its own. */
function sameRefusals<T extends Wrong>(
  tables: Readonly<Record<string, readonly Case<T>[]>>,
  play: (wrong: T) => Promise<Outcome>,
): void {
  it.each(Object.entries(tables))('%s', async (name, cases) => {
    const found: string[] = []
    for (const { id, what, wrong, code, alert } of cases) {
      const random = seededRandom(`${name} ${id} ${what}`)
      const max = [1, 2, 7, 50][random.integer(4)] ?? 1
      const outcome = await play({
        ...(typeof wrong === 'function' ? await wrong() : wrong),
        pieces: (bytes) => pieces(bytes, bytes.length > 10_000 ? 5000 : max, random),
      })
      const { error = outcome.endError } = outcome
      const said = outcome.alerts.map(({ bytes }) => bytes[1]).join()
      const expected = alert ? String(AlertDescription[alert]) : ''
      if (error?.code !== code || said !== expected)
        found.push(`${id}, ${what}: ${String(error?.code)}, alert ${said}`)
    }
    expect(found).toEqual([])
  })
}
