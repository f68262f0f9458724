import { plainSecret, type Aead, type AsyncAeadKey } from '@mortise/crypto'
import { concat, equalBytes } from '@mortise/wire'
import { describe, expect, test } from 'vitest'
import { bytes, outcome, providers } from './fixtures/cryptos.ts'
import { seal } from './fixtures/reference.ts'

async function keyOf(aead: Aead, key: Uint8Array): Promise<AsyncAeadKey> {
  const made = await aead.key(plainSecret(key.slice()))
  if (made.sync) throw new Error('synchronous')
  return made
}

const aeads = providers.flatMap(([name, provider]) =>
  provider.aeads.map((aead) => [name, aead.name, aead] as const),
)

describe.each(aeads)('%s: %s', (_, name, aead) => {
  const { keyLength } = aead

  test('is what noble makes, with many in flight and inputs reused at once', async () => {
    const raw = bytes(keyLength)
    const key = await keyOf(aead, raw)
    const [nonce, data] = [bytes(12), bytes(5)]
    const expected: Uint8Array[] = []
    const sealed: Promise<Uint8Array>[] = []
    for (const length of [0, 1, 16, 17, 1000, 16_384]) {
      nonce[11] = length & 0xff
      const [content, trailer] = [bytes(length), bytes(1)]
      expected.push(seal(name, raw, nonce, data, concat(content, trailer)))
      sealed.push(key.seal(nonce, data, content, trailer))
      content.fill(0)
    }
    const results = await Promise.all(sealed)
    expect(results.map((result, i) => equalBytes(result, expected[i] ?? new Uint8Array(0)))).toEqual(
      expected.map(() => true),
    )
  })

  test('opens what it sealed, from a view at an odd offset', async () => {
    const key = await keyOf(aead, bytes(keyLength))
    const [nonce, data, text] = [bytes(12), bytes(5), bytes(77)]
    const sealed = await key.seal(nonce, data, text, new Uint8Array(0))
    const shifted = new Uint8Array(sealed.length + 5)
    shifted.set(sealed, 5)
    expect(await key.open(nonce, data, shifted.subarray(5))).toEqual(text)
  })

  test('refuses what was changed or cut', async () => {
    const key = await keyOf(aead, bytes(keyLength))
    const [nonce, data] = [bytes(12), bytes(5)]
    const sealed = await key.seal(nonce, data, bytes(20), bytes(1))
    const flip = (input: Uint8Array, at: number): Uint8Array => {
      const flipped = input.slice()
      flipped[at] = (flipped[at] ?? 0) ^ 0x10
      return flipped
    }
    for (let at = 0; at < sealed.length; at++)
      expect(await key.open(nonce, data, flip(sealed, at))).toBeUndefined()
    expect(await key.open(flip(nonce, 3), data, sealed)).toBeUndefined()
    expect(await key.open(nonce, flip(data, 3), sealed)).toBeUndefined()
    for (const length of [0, 1, 15, 16, sealed.length - 1])
      expect(await key.open(nonce, data, sealed.subarray(0, length))).toBeUndefined()
  })

  test('refuses a key of another length, a destroyed secret, and work with a destroyed key', async () => {
    await expect(outcome(() => aead.key(plainSecret(bytes(24))))).rejects.toThrow(
      expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
    )
    const destroyed: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_SECRET_DESTROYED' })
    const secret = plainSecret(bytes(keyLength))
    secret.destroy()
    await expect(outcome(() => aead.key(secret))).rejects.toThrow(destroyed)
    const key = await keyOf(aead, bytes(keyLength))
    key.destroy()
    key.destroy()
    await expect(key.seal(bytes(12), bytes(5), bytes(1), bytes(1))).rejects.toThrow(destroyed)
    await expect(key.open(bytes(12), bytes(5), bytes(40))).rejects.toThrow(destroyed)
  })
})
