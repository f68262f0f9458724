import { plainSecret } from '@mortise/crypto'
import { concat } from '@mortise/wire'
import { describe, expect, test } from 'vitest'
import { bytes, cryptos, hex, outcome } from './fixtures/cryptos.ts'
import { digest, hkdf, hmac } from './fixtures/reference.ts'
import { webcryptoHash } from './hash.ts'

describe.each(cryptos)('%s', (_, { subtle }) => {
  describe.each([
    ['sha256', 32],
    ['sha384', 48],
    ['sha512', 64],
  ] as const)('%s', (name, length) => {
    const hash = webcryptoHash(name, subtle)

    test('digests as noble does', async () => {
      for (const size of [0, 1, 63, 64, 127, 128, 5000]) {
        const data = bytes(size)
        expect(hex(await hash.digest(data))).toBe(digest(name, data))
      }
    })

    test('a transcript goes on after a snapshot, and its input may be reused at once (RFC 9846 §4.1)', async () => {
      const state = hash.create()
      let all: Uint8Array = new Uint8Array(0)
      expect(hex(await state.snapshot())).toBe(digest(name, all))
      const buffer = new Uint8Array(1500)
      const snapshots: Promise<Uint8Array>[] = []
      const expected: string[] = []
      for (let i = 0; i < 8; i++) {
        buffer.set(bytes(1500))
        state.update(buffer)
        all = concat(all, buffer)
        buffer.fill(0)
        // Not awaited before the next update: a snapshot is of what was there when it was taken
        snapshots.push(Promise.resolve(state.snapshot()))
        expected.push(digest(name, all))
      }
      const taken = await Promise.all(snapshots)
      expect(taken.map((snapshot) => hex(snapshot))).toEqual(expected)
    })

    test('HMAC takes keys and data of any length, an empty key too (RFC 2104)', async () => {
      for (const size of [0, 1, 32, 64, 65, 128, 129, 300]) {
        const [key, data] = [bytes(size), bytes(size * 2)]
        expect(hex(await hash.hmac(plainSecret(key.slice()), data))).toBe(hmac(name, key, data))
      }
    })

    test('HKDF-Extract and HKDF-Expand (RFC 5869)', async () => {
      for (const size of [0, 1, length, length + 1, 5 * length, 255 * length]) {
        const [salt, ikm, info] = [bytes(length), bytes(40), bytes(17)]
        const prk = await hash.extract(plainSecret(salt.slice()), plainSecret(ikm.slice()))
        const expected = size === 0 ? '' : hkdf(name, salt, ikm, info, size)
        expect(hex(await hash.expandToBytes(prk, info, size))).toBe(expected)
        expect(hex((await hash.expand(prk, info, size)).reveal())).toBe(expected)
      }
      await expect(
        outcome(() => hash.expandToBytes(plainSecret(bytes(length)), bytes(1), 255 * length + 1)),
      ).rejects.toThrow(RangeError)
    })

    test('HKDF-Extract takes what is missing for zeros (RFC 9846 §7.1)', async () => {
      const zeros = new Uint8Array(length)
      const early = await hash.extract(undefined, undefined)
      expect(hex(early.reveal())).toBe(hmac(name, zeros, zeros))
    })

    test('a destroyed secret is of no use, even if its key was imported before', async () => {
      const secret = hash.importSecret(bytes(length))
      await hash.hmac(secret, bytes(1))
      secret.destroy()
      await expect(outcome(() => hash.hmac(secret, bytes(1)))).rejects.toThrow(
        expect.objectContaining({ code: 'ERR_CRYPTO_SECRET_DESTROYED' }),
      )
    })
  })
})

test('a secret is imported once, however much is expanded from it', async () => {
  let imports = 0
  const counting = new Proxy(globalThis.crypto.subtle, {
    get: (target, name) => {
      if (name === 'importKey') imports++
      const method: unknown = Reflect.get(target, name, target)
      return typeof method === 'function' ? (method.bind(target) as unknown) : method
    },
  })
  const hash = webcryptoHash('sha256', counting)
  const secret = hash.importSecret(bytes(32))
  await Promise.all([
    hash.expand(secret, bytes(3), 32),
    hash.expand(secret, bytes(4), 100),
    hash.hmac(secret, bytes(5)),
  ])
  expect(imports).toBe(1)
})

test('a failure of the backend is a CryptoError', async () => {
  const broken = { digest: () => Promise.reject(new Error('broken')) } as unknown as SubtleCrypto
  await expect(outcome(() => webcryptoHash('sha256', broken).digest(bytes(1)))).rejects.toThrow(
    expect.objectContaining({ code: 'ERR_CRYPTO_OPERATION_FAILED' }),
  )
})
