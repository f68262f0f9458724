import { gcm } from '@noble/ciphers/aes.js'
import { CryptoError, plainSecret, type Aead, type SyncAeadKey } from '@mortise/crypto'
import { equalBytes, hex } from '@mortise/wire'
import { describe, expect, test } from 'vitest'
import { nobleAeads } from './aead.ts'
import { aesCcmKey } from './aesCcm.ts'
import { digest, randomBytes as bytes } from './fixtures/reference.ts'
import { pattern, sealedByOpenssl } from './fixtures/sealedByOpenssl.ts'

const aeads = nobleAeads()
function named(name: string): Aead {
  const aead = aeads.find((item) => item.name === name)
  if (!aead) throw new Error(name)
  return aead
}

function keyOf(aead: Aead, key: Uint8Array): SyncAeadKey {
  const made = aead.key(plainSecret(key.slice()))
  if (made instanceof Promise || !made.sync) throw new Error('not synchronous')
  return made
}

function seal(
  key: SyncAeadKey,
  nonce: Uint8Array,
  data: Uint8Array,
  content: Uint8Array,
  trailer: Uint8Array,
  tag: number,
): Uint8Array {
  const out = new Uint8Array(5 + content.length + trailer.length + tag + 3)
  key.sealInto(nonce, data, content, trailer, out, 5)
  expect([...out.subarray(0, 5), ...out.subarray(-3)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  return out.slice(5, -3)
}

test('ChaCha20-Poly1305 comes first: it is the fastest in JavaScript', () => {
  expect(aeads.map(({ name }) => name)).toEqual([
    'chacha20-poly1305',
    'aes-128-gcm',
    'aes-256-gcm',
    'aes-128-ccm',
    'aes-128-ccm-8',
  ])
})

describe.each(aeads)('$name', (aead) => {
  const { name, keyLength, tagLength } = aead

  test('is what OpenSSL makes, whatever the lengths and wherever the input is cut', async () => {
    const context = keyOf(aead, pattern(keyLength, 1))
    const lengths = Object.keys(sealedByOpenssl[name] ?? {}).map(Number)
    expect(lengths.length).toBeGreaterThan(10)
    for (const length of lengths) {
      const [nonce, data, text] = [pattern(12, length), pattern(length % 41, 3), pattern(length, 4)]
      const cut = length === 0 ? 0 : length - 1 - (length % 7 === 0 ? 0 : Math.min(length - 1, length % 7))
      const sealed = seal(context, nonce, data, text.subarray(0, cut), text.subarray(cut), tagLength)
      expect(hex(await digest('sha256', sealed)), `length ${length}`).toBe(sealedByOpenssl[name]?.[length])
      // A view at an odd offset, as records lie in a read buffer
      const shifted = new Uint8Array(sealed.length + 5)
      shifted.set(sealed, 5)
      const opened = context.open(nonce, data, shifted.subarray(5))
      expect(opened && equalBytes(opened, text), `length ${length}`).toBe(true)
    }
  })

  test('leaves its inputs as they are', () => {
    const [nonce, data, text] = [bytes(12), bytes(5), bytes(99)]
    const before = [nonce.slice(), data.slice(), text.slice()]
    const context = keyOf(aead, bytes(keyLength))
    const sealed = seal(context, nonce, data, text, new Uint8Array(0), tagLength)
    const kept = sealed.slice()
    expect(context.open(nonce, data, sealed)).toEqual(text)
    expect(sealed).toEqual(kept)
    expect([nonce, data, text]).toEqual(before)
  })

  test('refuses a record with any bit of text, tag, nonce or associated data changed', () => {
    const [key, nonce, data, text] = [bytes(keyLength), bytes(12), bytes(5), bytes(37)]
    const context = keyOf(aead, key)
    const sealed = seal(context, nonce, data, text, new Uint8Array(0), tagLength)
    const flip = (input: Uint8Array, at: number): Uint8Array => {
      const flipped = input.slice()
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      return flipped
    }
    for (let at = 0; at < sealed.length; at++)
      expect(context.open(nonce, data, flip(sealed, at))).toBeUndefined()
    for (let at = 0; at < 12; at++) expect(context.open(flip(nonce, at), data, sealed)).toBeUndefined()
    for (let at = 0; at < 5; at++) expect(context.open(nonce, flip(data, at), sealed)).toBeUndefined()
    expect(context.open(nonce, data, sealed)).toEqual(text)
  })

  test('refuses truncated input, down to less than a tag', () => {
    const [key, nonce, data] = [bytes(keyLength), bytes(12), bytes(5)]
    const context = keyOf(aead, key)
    const sealed = seal(context, nonce, data, bytes(3), bytes(1), tagLength)
    for (let length = 0; length < sealed.length; length++)
      expect(context.open(nonce, data, sealed.subarray(0, length))).toBeUndefined()
  })

  test('keeps no reference to what it opened or to its secret', () => {
    const [nonce, data] = [bytes(12), bytes(5)]
    const secret = plainSecret(bytes(keyLength))
    const context = aead.key(secret) as SyncAeadKey
    const sealed = seal(context, nonce, data, bytes(50), bytes(1), tagLength)
    const first = context.open(nonce, data, sealed)
    const copy = first?.slice()
    secret.destroy()
    seal(context, bytes(12), data, bytes(50), bytes(1), tagLength)
    context.open(nonce, data, sealed)
    expect(first).toEqual(copy)
  })

  test('refuses a key of another length', () => {
    for (const length of [0, keyLength - 1, keyLength + 1, 24])
      expect(() => aead.key(plainSecret(bytes(length)))).toThrow(
        expect.objectContaining({ code: 'ERR_CRYPTO_INVALID_KEY' }),
      )
  })

  test('does nothing with a destroyed key', () => {
    const context = keyOf(aead, bytes(keyLength))
    context.destroy()
    context.destroy()
    expect(() => context.open(bytes(12), bytes(5), bytes(40))).toThrow(CryptoError)
    expect(() => {
      context.sealInto(bytes(12), bytes(5), bytes(40), bytes(1), new Uint8Array(100), 0)
    }).toThrow(expect.objectContaining({ code: 'ERR_CRYPTO_SECRET_DESTROYED' }))
  })
})

test('AES-GCM with its tables made once is what noble makes with tables made each time', () => {
  for (const name of ['aes-128-gcm', 'aes-256-gcm'])
    for (let length = 0; length < 300; length++) {
      const aead = named(name)
      const [key, nonce, data, text] = [bytes(aead.keyLength), bytes(12), bytes(length % 50), bytes(length)]
      const sealed = seal(keyOf(aead, key), nonce, data, text, new Uint8Array(0), 16)
      expect(equalBytes(gcm(key, nonce, data).encrypt(text), sealed), `${name}, ${length}`).toBe(true)
    }
})

test('a longer record after a shorter one, and the other way round, are sealed alike', () => {
  const aead = named('aes-128-gcm')
  const key = bytes(16)
  const context = keyOf(aead, key)
  for (const length of [100, 16_000, 3, 16_001, 0, 33]) {
    const [nonce, text] = [bytes(12), bytes(length)]
    const sealed = seal(context, nonce, new Uint8Array(0), text, new Uint8Array(0), 16)
    expect(equalBytes(gcm(key, nonce).decrypt(sealed), text), `length ${length}`).toBe(true)
  }
})

test('CCM refuses what its lengths can not express (NIST SP 800-38C §A.1)', () => {
  const key = aesCcmKey(bytes(16), 16)
  expect(() => key.open(bytes(12), new Uint8Array(0xff00), bytes(20))).toThrow(RangeError)
})
