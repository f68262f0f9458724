import { plainSecret, type Aead, type SyncAeadKey } from '@mortise/crypto'
import { describe, expect, test } from 'vitest'
import { bytes, fromHex, isPlain, toHex } from './fixtures/bytes.ts'
import { nodeCrypto } from './nodeCrypto.ts'

const { aeads } = nodeCrypto()

function keyOf(aead: Aead, key: Uint8Array): SyncAeadKey {
  const made = aead.key(plainSecret(key.slice()))
  if (made instanceof Promise || !made.sync) throw new Error('asynchronous')
  return made
}

function seal(
  aead: Aead,
  key: SyncAeadKey,
  nonce: Uint8Array,
  data: Uint8Array,
  text: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(text.length + aead.tagLength)
  const middle = text.length >> 1
  key.sealInto(nonce, data, text.subarray(0, middle), text.subarray(middle), out, 0)
  return out
}

/** RFC 8439 §2.8.2; RFC 3610 §8 has no nonces of 12 bytes, so CCM's and GCM's are of the conformance suite. */
test('ChaCha20-Poly1305 (RFC 8439 §2.8.2)', () => {
  const aead = aeads.find(({ name }) => name === 'chacha20-poly1305')
  if (!aead) throw new Error('no ChaCha20-Poly1305')
  const key = keyOf(
    aead,
    Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i),
  )
  const text = new TextEncoder().encode(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  )
  const [nonce, data] = [fromHex('070000004041424344454647'), fromHex('50515253c0c1c2c3c4c5c6c7')]
  const sealed = seal(aead, key, nonce, data, text)
  expect(toHex(sealed).slice(0, 32)).toBe('d31a8d34648e60db7b86afbc53ef7ec2')
  expect(toHex(sealed).slice(-32)).toBe('1ae10b594f09e26a7e902ecbd0600691')
  expect(key.open(nonce, data, sealed)).toEqual(text)
})

test('there are all of TLS 1.3, CCM last (RFC 9846 §B.4)', () => {
  expect(aeads.map(({ name }) => name)).toEqual([
    'aes-128-gcm',
    'aes-256-gcm',
    'chacha20-poly1305',
    'aes-128-ccm',
    'aes-128-ccm-8',
  ])
})

describe.each(aeads.map((aead) => [aead.name, aead] as const))('%s', (_, aead) => {
  const [nonce, data] = [bytes(12), bytes(5)]

  test('opens what it sealed, at lengths around those that are freed at once', () => {
    const key = keyOf(aead, bytes(aead.keyLength))
    for (const length of [0, 1, 16, 1006, 1007, 1008, 1023, 1024, 1025, 16_385]) {
      const text = bytes(length)
      const opened = key.open(nonce, data, seal(aead, key, nonce, data, text))
      expect(opened).toEqual(text)
      expect(opened && isPlain(opened)).toBe(true)
    }
  })

  test('writes into its part of the output and nowhere else, and leaves its inputs alone', () => {
    const key = keyOf(aead, bytes(aead.keyLength))
    const text = bytes(3000)
    const copy = text.slice()
    const out = new Uint8Array(4000).fill(0xa5)
    key.sealInto(nonce, data, text, Uint8Array.of(23), out, 100)
    const end = 100 + 3001 + aead.tagLength
    expect(out.subarray(0, 100).every((byte) => byte === 0xa5)).toBe(true)
    expect(out.subarray(end).every((byte) => byte === 0xa5)).toBe(true)
    expect(text).toEqual(copy)
    expect(key.open(nonce, data, out.subarray(100, end))).toEqual(Uint8Array.of(...text, 23))
  })

  test('refuses what was changed or cut (RFC 9846 §5.2)', () => {
    const key = keyOf(aead, bytes(aead.keyLength))
    const sealed = seal(aead, key, nonce, data, bytes(20))
    for (let at = 0; at < sealed.length; at++)
      expect(
        key.open(
          nonce,
          data,
          sealed.map((byte, i) => (i === at ? byte ^ 4 : byte)),
        ),
      ).toBeUndefined()
    for (const length of [0, 1, aead.tagLength - 1, aead.tagLength, sealed.length - 1])
      expect(key.open(nonce, data, sealed.subarray(0, length))).toBeUndefined()
    expect(key.open(nonce, bytes(5), sealed)).toBeUndefined()
    expect(key.open(bytes(12), data, sealed)).toBeUndefined()
  })

  test('a key has its length, outlives its secret, and is gone once it is destroyed', () => {
    for (const length of [0, aead.keyLength - 1, aead.keyLength + 1])
      expect(() => aead.key(plainSecret(bytes(length)))).toThrow(
        expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
      )
    const secret = plainSecret(bytes(aead.keyLength))
    const key = aead.key(secret) as SyncAeadKey
    const sealed = seal(aead, key, nonce, data, bytes(5))
    secret.destroy()
    expect(key.open(nonce, data, sealed)).toHaveLength(5)
    key.destroy()
    key.destroy()
    const destroyed: unknown = expect.objectContaining({ code: 'ERR_CRYPTO_SECRET_DESTROYED' })
    expect(() => seal(aead, key, nonce, data, bytes(5))).toThrow(destroyed)
    expect(() => key.open(nonce, data, sealed)).toThrow(destroyed)
  })
})
