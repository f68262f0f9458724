import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CryptoError } from '../error.ts'
import { restrictedRsaPss } from '../fixtures/rsaPss.ts'
import { ecdsaSignatureFromDer, ecdsaSignatureToDer } from './ecdsaSignature.ts'
import { readPrivateKeyInfo } from './privateKey.ts'
import { readSubjectPublicKeyInfo } from './publicKey.ts'

const pairs = {
  'P-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  'RSASSA-PSS': restrictedRsaPss('sha256', 'sha256', 32),
  Ed25519: generateKeyPairSync('ed25519'),
}

// Every byte changed in a few ways, left out, or doubled; and every beginning
function* mutationsOf(good: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < good.length; at++) {
    const byte = good[at] ?? 0
    for (const other of [byte ^ 1, byte ^ 0x80, byte + 1, byte - 1, 0, 0x30, 0x7f, 0x80, 0xff])
      yield good.map((value, i) => (i === at ? other : value))
    yield Uint8Array.of(...good.subarray(0, at), ...good.subarray(at + 1))
    yield Uint8Array.of(...good.subarray(0, at), byte, ...good.subarray(at))
    yield good.subarray(0, at)
  }
}

/** What was thrown that must not be. */
function surprises(good: Uint8Array, read: (bytes: Uint8Array) => unknown): readonly unknown[] {
  return [...mutationsOf(good)].flatMap((bytes) => {
    try {
      read(bytes)
      return []
    } catch (error) {
      return error instanceof CryptoError ? [] : [error]
    }
  })
}

describe.each(Object.entries(pairs))('whatever is changed in a key of %s', (_, { publicKey, privateKey }) => {
  test('a public key throws nothing but CryptoError', () => {
    const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }))
    expect(surprises(spki, readSubjectPublicKeyInfo)).toEqual([])
  })

  test('a private key throws nothing but CryptoError', () => {
    const pkcs8 = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }))
    expect(surprises(pkcs8, readPrivateKeyInfo)).toEqual([])
  })
})

test('whatever is changed in an ECDSA signature, what is read has one encoding, and that is it', () => {
  const good = new Uint8Array(sign('sha512', new Uint8Array(1), pairs['P-521'].privateKey))
  for (const bytes of mutationsOf(good)) {
    const raw = ecdsaSignatureFromDer('P-521', bytes)
    expect(raw ? ecdsaSignatureToDer(raw) : bytes).toEqual(bytes)
  }
})
