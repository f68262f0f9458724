/** Records of any kind at any time: before, in and after the handshake, in the clear and protected. */
import { seededRandom, type Edit, type PeerAction, type SeededRandom } from '@mortise/testing'
import { describe, expect, it } from 'vitest'
import { clientAgainst, serverAgainst, type Outcome, type Wrong } from '../misbehaving/scenario.ts'
import { mutate } from './mutate.ts'
import { rounds } from './rounds.ts'
import { clients, servers } from './settings.ts'
import { unclean } from './verdict.ts'

describe('servers', () => {
  fuzz(servers, clientAgainst)
})
describe('clients', () => {
  fuzz(clients, serverAgainst)
})

function fuzz<T extends Wrong>(
  kinds: Readonly<Record<string, T>>,
  play: (wrong: T) => Promise<Outcome>,
): void {
  it.each(Object.entries(kinds))('random records, %s', async (name, kind) => {
    const found: string[] = []
    for (let round = 0; round < rounds(40); round++) {
      const random = seededRandom(`records, ${name} ${round}`)
      const wrong = unclean(
        await play({
          ...kind,
          edit: withRecords(random),
          afterwards: (peer) => peer.perform(anyRecord(random), anyRecord(random)),
        }),
      )
      if (wrong) found.push(`round ${round}: ${wrong}`)
    }
    expect(found).toEqual([])
  })

  it.each(Object.entries(kinds))('flights changed after encryption, %s', async (name, kind) => {
    const found: string[] = []
    for (let round = 0; round < rounds(30); round++) {
      const random = seededRandom(`flights, ${name} ${round}`)
      const which = random.integer(3)
      let what = 'nothing'
      const outcome = await play({
        ...kind,
        editBytes: (bytes, flight) => {
          if (flight !== which) return bytes
          const mutation = mutate(bytes, random)
          ;({ what } = mutation)
          return mutation.bytes
        },
      })
      const wrong = unclean(outcome)
      if (wrong) found.push(`round ${round}, flight ${which}, ${what}: ${wrong}`)
    }
    expect(found).toEqual([])
  })
}

/** Random records among the peer's actions, here and there. */
function withRecords(random: SeededRandom): Edit {
  return (actions) =>
    actions.flatMap((action): readonly PeerAction[] =>
      random.integer(6) === 0 ? [anyRecord(random), action] : [action],
    )
}

const types: readonly number[] = [20, 21, 22, 23, 24, 0, 99]
const levels = ['initial', undefined, undefined] as const

function anyRecord(random: SeededRandom): PeerAction {
  const content = random(random.integer(4) === 0 ? random.integer(300) : random.integer(8))
  const type = types[random.integer(types.length)] ?? 0
  const level = levels[random.integer(levels.length)]
  switch (random.integer(5)) {
    case 0:
      return { kind: 'bytes', bytes: content }
    case 1:
      return { kind: 'inner', bytes: content }
    case 2:
      return { kind: 'record', type, content, form: { padding: random.integer(400) } }
    case 3:
      return {
        kind: 'record',
        type,
        content,
        form: { length: random.integer(0x10000), version: random.integer(0x10000) },
      }
    default:
      return { kind: 'record', type, content, ...(level ? { level } : {}) }
  }
}
