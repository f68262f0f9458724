import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { bytesOf, plainSecret, type Secret } from './secret.ts'

const error = (code: string): unknown => expect.objectContaining({ name: 'CryptoError', code })

describe('a plain secret', () => {
  test('has the bytes that it was made of, without a copy; what it reveals is one', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    const secret = plainSecret(bytes)
    expect([secret.kind, secret.length]).toEqual(['plain', 3])
    expect(bytesOf(secret)).toBe(bytes)
    secret.reveal().fill(0)
    expect(secret.reveal()).toEqual(Uint8Array.of(1, 2, 3))
  })

  test('never prints its bytes', () => {
    const secret = plainSecret(Uint8Array.of(171, 205))
    for (const text of [inspect(secret, { depth: 9, showHidden: true }), JSON.stringify(secret)])
      expect(text).not.toMatch(/171|205|ab|cd/)
  })

  test('is overwritten when it is destroyed, and can’t be used any more', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    const secret = plainSecret(bytes)
    secret.destroy()
    secret.destroy()
    expect(bytes).toEqual(new Uint8Array(3))
    expect(() => bytesOf(secret)).toThrow(error('ERR_CRYPTO_SECRET_DESTROYED'))
    expect(() => secret.reveal()).toThrow(error('ERR_CRYPTO_SECRET_DESTROYED'))
  })

  test('can’t be changed', () => {
    expect(Object.isFrozen(plainSecret(new Uint8Array(1)))).toBe(true)
  })
})

test('a secret of another provider has no bytes here, and a forged plain one neither', () => {
  const foreign: Secret = {
    kind: 'hsm',
    length: 32,
    reveal: () => new Uint8Array(32),
    destroy: () => undefined,
  }
  expect(() => bytesOf(foreign)).toThrow(error('ERR_CRYPTO_FOREIGN_SECRET'))
  expect(() => bytesOf({ ...foreign, kind: 'plain' })).toThrow(error('ERR_CRYPTO_SECRET_DESTROYED'))
})
