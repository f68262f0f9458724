import { beforeAll, describe, expect, it } from 'vitest'
import { isTlsError } from '@mortise/wire'
import { codeOf, infoOf, makeCredential, parties, trusting, type Parties } from './fixtures/parties.ts'
import type { ClientSession, Credential, ServerSession } from './index.ts'

let server: Credential
const kept: ClientSession[] = []
const sessions: ServerSession[] = []

/** A client that comes back and offers early data. */
function visit(): Parties {
  return parties(
    { verifier: trusting(server), now: () => 1000, acceptTickets: true, sessions: kept, earlyData: true },
    {
      credentials: [server],
      now: () => 1000,
      tickets: {
        count: 1,
        issue: (session) => {
          sessions.push(session)
          return Uint8Array.of(1)
        },
        redeem: () => sessions[0],
        earlyData: { maxSize: 100, isFirstUse: () => true },
      },
    },
  )
}

beforeAll(async () => {
  server = await makeCredential('server')
  const first = visit()
  await first.shakeHands()
  for (const action of first.actions.client) if (action.kind === 'newSession') kept.push(action.session)
})

const exported = (party: Parties['client' | 'server']): Promise<Uint8Array> =>
  party.exportKeyingMaterial('EXPORTER-test', new Uint8Array(0), 32)

describe('keying material (RFC 9846 §7.5)', () => {
  it('can be exported by a server that may answer early data already', async () => {
    const both = visit()
    both.take('client', await both.client.start())
    const hello = both.post.shift()
    if (!hello) throw new Error('no ClientHello')
    expect(await codeOf(exported(both.server))).toBe('ERR_TLS_NOT_CONNECTED')
    both.take('server', await both.server.receive(hello.message, hello.level))
    const early = await exported(both.server)
    await expect(exported(both.client)).rejects.toSatisfy(isTlsError)
    await both.deliver()
    expect(infoOf(both, 'server').earlyData).toBe(true)
    expect(await exported(both.server)).toEqual(early)
    expect(await exported(both.client)).toEqual(early)
  })

  it('is refused with a label or a length that HKDF has no room for, and once it is over', async () => {
    const both = parties({ verifier: trusting(server) }, { credentials: [server] })
    await both.shakeHands()
    const { client } = both
    const none = new Uint8Array(0)
    const [longest, most] = ['x'.repeat(249), 255 * 32]
    expect(await codeOf(client.exportKeyingMaterial(`${longest}x`, none, 1))).toBe('ERR_TLS_CONFIG')
    expect(await codeOf(client.exportKeyingMaterial('EXPORTER-x', none, 70_000))).toBe('ERR_TLS_CONFIG')
    expect((await client.exportKeyingMaterial(longest, none, most)).length).toBe(most)
    const late = client.exportKeyingMaterial('EXPORTER-x', none, 16)
    client.destroy()
    expect(await codeOf(late)).toBe('ERR_TLS_CLOSED')
    expect(await codeOf(client.exportKeyingMaterial('EXPORTER-x', none, 16))).toBe('ERR_TLS_CLOSED')
  })

  it("can't be exported before the client's Finished otherwise", async () => {
    const both = parties({ verifier: trusting(server) }, { credentials: [server] })
    both.take('client', await both.client.start())
    const hello = both.post.shift()
    if (!hello) throw new Error('no ClientHello')
    both.take('server', await both.server.receive(hello.message, hello.level))
    expect(await codeOf(exported(both.server))).toBe('ERR_TLS_NOT_CONNECTED')
  })
})
