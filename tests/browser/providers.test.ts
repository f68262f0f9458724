/** What only a browser can tell: its own Web Crypto is held to the conformance suite, and both ends meet in a page. */
import type { SigningProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { conformanceCases, connectedPair } from '@mortise/testing'
import { describe, expect, it } from 'vitest'

const webcrypto = await detectWebcrypto()
const providers: readonly SigningProvider[] = [
  noble(),
  webcrypto,
  { ...webcrypto, name: 'webcrypto, with hashes of noble', hashes: noble().hashes },
]

it('runs in a browser', () => {
  expect('document' in globalThis).toBe(true)
})

describe('the conformance suite', () => {
  it.each(conformanceCases(webcrypto))('$group: $name', async ({ run }) => {
    expect(await run()).toBeDefined()
  })
})

describe.each(providers)('$name', (provider) => {
  it('connects two ends, and carries data both ways', async () => {
    const { client, server, settle } = await connectedPair({ provider })
    expect([client.error(), server.error()]).toEqual([undefined, undefined])
    await client.connection.write(Uint8Array.of(1, 2))
    await server.connection.write(Uint8Array.of(3))
    await settle()
    expect([server.received(), client.received()]).toEqual([Uint8Array.of(1, 2), Uint8Array.of(3)])
  })
})
