import { beforeAll, describe, expect, it } from 'vitest'
import { KeyUpdateRequest } from '@mortise/wire'
import { bodyOf } from '../fixtures/alter.ts'
import { makeCredential, parties, trusting, type Parties } from '../fixtures/parties.ts'
import type { Credential } from '../index.ts'

let server: Credential

beforeAll(async () => {
  server = await makeCredential('server')
})

async function connected(): Promise<Parties> {
  const both = parties({ verifier: trusting(server) }, { credentials: [server] })
  await both.shakeHands()
  return both
}

/** request_update of the KeyUpdates on their way. */
function underWay({ post }: Parties): readonly number[] {
  return post.map(({ message }) => bodyOf('KeyUpdate', message).requestUpdate)
}

describe('a KeyUpdate that asks for another (RFC 9846 §4.7.3)', () => {
  it('is owed before the next application data, and not answered before', async () => {
    const both = await connected()
    expect(both.client.owesKeyUpdate).toBe(false)
    both.take('server', await both.server.updateKeys(true))
    await both.deliver()
    expect(both.client.owesKeyUpdate).toBe(true)
    expect(both.server.owesKeyUpdate).toBe(false)
    both.take('client', await both.client.updateKeys(false))
    expect(underWay(both)).toEqual([KeyUpdateRequest.update_not_requested])
    expect(both.client.owesKeyUpdate).toBe(false)
    await both.deliver()
    expect(both.server.owesKeyUpdate).toBe(false)
  })

  it('is answered once, however many came while we were silent', async () => {
    const both = await connected()
    for (let i = 0; i < 5; i++) {
      const actions = await both.server.updateKeys(true)
      both.take('server', actions)
      // The server asks once and then only renews: this peer asks each time
      for (const letter of both.post) letter.message[4] = KeyUpdateRequest.update_requested
      await both.deliver()
    }
    both.take('client', await both.client.updateKeys(false))
    expect(underWay(both)).toEqual([KeyUpdateRequest.update_not_requested])
    expect(both.client.owesKeyUpdate).toBe(false)
  })

  it('is not answered by a request of our own that crosses it', async () => {
    const both = await connected()
    both.take('server', await both.server.updateKeys(true))
    await both.deliver()
    both.take('client', await both.client.updateKeys(true))
    expect(underWay(both)).toEqual([KeyUpdateRequest.update_requested])
    expect(both.client.owesKeyUpdate).toBe(true)
  })

  it('is not asked for again until the answer is here', async () => {
    const both = await connected()
    both.take('server', await both.server.updateKeys(true))
    both.take('server', await both.server.updateKeys(true))
    expect(underWay(both)).toEqual([KeyUpdateRequest.update_requested, KeyUpdateRequest.update_not_requested])
  })
})
