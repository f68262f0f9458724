/** Handshake messages changed at random before they are encrypted: no altered handshake ever becomes a connection. */
import { seededRandom, type Edit, type PeerAction, type SeededRandom } from '@mortise/testing'
import { handshakeTypeName } from '@mortise/wire'
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
  it.each(Object.entries(kinds))('%s', async (name, kind) => {
    let messages = 0
    const honest = await play({
      ...kind,
      edit: (actions) => {
        messages += actions.filter(isOfHandshake).length
        return actions
      },
    })
    expect([honest.error, honest.connected]).toEqual([undefined, true])
    const found: string[] = []
    for (let round = 0; round < rounds(60); round++) {
      const random = seededRandom(`${name} ${round}`)
      const { edit, changed } = changeOne(random.integer(messages), random)
      const outcome = await play({ ...kind, edit })
      const wrong = unclean(outcome) ?? (outcome.connected ? 'a connection' : undefined)
      if (wrong) found.push(`round ${round}, ${changed.what}: ${wrong}`)
    }
    expect(found).toEqual([])
  })
}

/** What comes after Finished does not undo the connection. */
function isOfHandshake(action: PeerAction): action is Extract<PeerAction, { kind: 'send' }> {
  return action.kind === 'send' && action.level !== 'application'
}

/** @param index of the message to change */
function changeOne(
  index: number,
  random: SeededRandom,
): { readonly edit: Edit; readonly changed: { what: string } } {
  const changed = { what: `message ${index} did not come` }
  let seen = 0
  const edit: Edit = (actions) =>
    actions.map((action): PeerAction => {
      if (!isOfHandshake(action) || seen++ !== index) return action
      const { what, bytes } = mutateMessage(action.message, random)
      changed.what = `${handshakeTypeName(action.message[0] ?? 0)}: ${what}`
      return { ...action, message: bytes }
    })
  return { edit, changed }
}

/** Most of the time the length in the header is put right, so that it is the body that is looked at. */
function mutateMessage(message: Uint8Array, random: SeededRandom): ReturnType<typeof mutate> {
  if (random.integer(8) === 0) return mutate(message, random)
  const { what, bytes } = mutate(message.subarray(4), random)
  const { length } = bytes
  return {
    what: `body, ${what}`,
    bytes: Uint8Array.of(message[0] ?? 0, length >> 16, length >> 8, length, ...bytes),
  }
}
