import { expect, it } from 'vitest'
import { makeCredential, parties, trusting } from '../fixtures/parties.ts'
import type { ClientSession, ServerSession } from '../index.ts'

const server = await makeCredential('a server')
const now = (): number => Date.UTC(2026, 0, 1)

async function resuming(earlyData: boolean): Promise<ReturnType<typeof parties>> {
  const known = new Map<number, ServerSession>()
  const tickets = {
    issue: (session: ServerSession) => {
      known.set(known.size, session)
      return Uint8Array.of(known.size - 1)
    },
    redeem: (ticket: Uint8Array) => known.get(ticket[0] ?? 255),
    earlyData: { maxSize: 100, isFirstUse: () => true },
  }
  const first = parties(
    { verifier: trusting(server), now, acceptTickets: true },
    { credentials: [server], now, tickets },
  )
  await first.shakeHands()
  const sessions = first.actions.client.flatMap((action): ClientSession[] =>
    action.kind === 'newSession' ? [action.session] : [],
  )
  return parties(
    { verifier: trusting(server), now, sessions, earlyData },
    { credentials: [server], now, tickets },
  )
}

it('are handshake keys while early data keeps them from being used (RFC 9846 §A.1)', async () => {
  const { client, server: other, actions, take, post } = await resuming(true)
  take('client', await client.start())
  expect(client.keysForAlert).toBeUndefined()
  const hello = post.shift()
  if (!hello) throw new Error('no ClientHello')
  take('server', await other.receive(hello.message, 'initial'))
  const answer = post.shift()
  if (!answer) throw new Error('no ServerHello')
  take('client', await client.receive(answer.message, 'initial'))
  expect(actions.client.filter(({ kind }) => kind === 'installWriteKeys')).toMatchObject([{ level: 'early' }])
  expect(client.keysForAlert).toMatchObject({ kind: 'installWriteKeys', level: 'handshake' })
  const extensions = post.shift()
  if (!extensions) throw new Error('no EncryptedExtensions')
  // Accepted early data is read until EndOfEarlyData, and an alert among it
  take('client', await client.receive(extensions.message, 'handshake'))
  expect(client.keysForAlert).toBeUndefined()
})

it('are none without early data, and none of a server', async () => {
  const both = await resuming(false)
  const seen: unknown[] = []
  both.take('client', await both.client.start())
  for (let letter = both.post.shift(); letter; letter = both.post.shift()) {
    const to = letter.from === 'client' ? 'server' : 'client'
    both.take(to, await both[to].receive(letter.message, letter.level))
    seen.push(both.client.keysForAlert, both.server.keysForAlert)
  }
  expect(new Set(seen)).toEqual(new Set([undefined]))
})
