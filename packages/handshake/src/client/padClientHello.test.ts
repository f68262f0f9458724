import { beforeAll, expect, it } from 'vitest'
import { padding, preSharedKey } from '@mortise/wire'
import { bodyOf } from '../fixtures/alter.ts'
import { infoOf, makeCredential, type Parties } from '../fixtures/parties.ts'
import { makeWorld, type World } from '../fixtures/resumption.ts'

let world: World

beforeAll(async () => {
  world = makeWorld(await makeCredential('server'))
})

const helloOf = ({ actions }: Parties): Uint8Array =>
  actions.client.flatMap((action) => (action.kind === 'send' ? [action.message] : []))[0] ?? new Uint8Array(0)

it.each([1800, 4000])(
  'makes a ClientHello of %i bytes of a shorter one, and the handshake goes through',
  async (length) => {
    const pair = world.pair({ padClientHello: length })
    await pair.shakeHands()
    expect(helloOf(pair)).toHaveLength(length)
    const { extensions } = bodyOf('ClientHello', helloOf(pair))
    const found = extensions.find(({ extensionType }) => extensionType === padding.type)
    // RFC 7685 §3
    expect(found?.extensionData.every((byte) => byte === 0)).toBe(true)
  },
)

it('adds an empty extension where only a few bytes are missing, and none where nothing is', async () => {
  const common = { serverName: 'a', permuteExtensions: false, grease: false }
  const plain = world.pair(common)
  await plain.shakeHands()
  const { length } = helloOf(plain)
  for (const [wanted, got] of [
    [length, length],
    [length + 1, length + 4],
    [length + 4, length + 4],
    [length + 9, length + 9],
  ] as const) {
    const pair = world.pair({ ...common, padClientHello: wanted })
    await pair.shakeHands()
    expect(helloOf(pair)).toHaveLength(got)
  }
})

it('leaves pre_shared_key the last, and covers it by the binder (RFC 9846 §4.3.11)', async () => {
  const sessions = await world.visit()
  const pair = world.pair({ sessions, padClientHello: 3000 })
  await pair.shakeHands()
  expect(helloOf(pair)).toHaveLength(3000)
  expect(bodyOf('ClientHello', helloOf(pair)).extensions.at(-1)?.extensionType).toBe(preSharedKey.type)
  expect(infoOf(pair, 'server').resumed).toBe(true)
})
