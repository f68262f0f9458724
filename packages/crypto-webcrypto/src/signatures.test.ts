import {
  ecdsaSignatureFromDer,
  ecdsaSignatureToDer,
  readSubjectPublicKeyInfo,
  signatureDescriptors,
  type MaybePromise,
} from '@mortise/crypto'
import { writeBitString, writeInteger, writeNull, writeOid, writeSequence } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { bytes as randomBytes, outcome, providers } from './fixtures/cryptos.ts'
import { keyPairs, kindOf, restrictedPair, type KeyPair } from './fixtures/keyPairs.ts'
import { referenceSign } from './fixtures/signatures.ts'
import { webcrypto } from './webcrypto.ts'

const pairs = keyPairs()
const others = keyPairs('other')
const invalid: unknown = expect.objectContaining({ name: 'CryptoError', code: 'ERR_CRYPTO_INVALID_KEY' })
const refuses = (verify: () => MaybePromise<boolean>): Promise<void> =>
  expect(outcome(verify)).rejects.toThrow(invalid)

const pair = (kind: string, from: Readonly<Record<string, KeyPair>> = pairs): KeyPair => {
  const found = from[kind]
  if (!found) throw new Error(`no ${kind}`)
  return found
}
const changed = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte))

test('has every algorithm where Web Crypto has every curve, in order of preference', () => {
  const all = new Set(['ECDSA P-256', 'ECDSA P-384', 'ECDSA P-521', 'Ed25519', 'Ed448'] as const)
  const names = webcrypto({ features: all }).signatures.map(({ name }) => name)
  expect(names).toEqual(signatureDescriptors().map(({ name }) => name))
})

const algorithms = providers.flatMap(([name, { signatures }]) =>
  signatures.map((item) => [name, item.name, item] as const),
)

describe.each(algorithms)('%s: %s', async (_, __, item) => {
  const { spki } = pair(kindOf(item))
  const message = randomBytes(50)
  const signature = await referenceSign(item, pair(kindOf(item)), message)

  test('verifies what was signed by hand, under no other key and for no other message', async () => {
    expect(item.approval).toBe('unknown')
    for (const length of [0, 1, 300]) {
      const text = randomBytes(length)
      const good = await referenceSign(item, pair(kindOf(item)), text)
      expect(await item.verify(spki, text, good)).toBe(true)
      expect(await item.verify(spki, Uint8Array.of(...text, 0), good)).toBe(false)
      expect(await item.verify(pair(kindOf(item), others).spki, text, good)).toBe(false)
    }
  })

  test('refuses a signature that was changed, or has another length', async () => {
    const last = signature.length - 1
    for (const at of [0, 1, 2, 3, last >> 2, last >> 1, last])
      expect(await item.verify(spki, message, changed(signature, at)), `byte ${at}`).toBe(false)
    for (const other of [
      new Uint8Array(0),
      signature.subarray(1),
      signature.subarray(0, last),
      Uint8Array.of(...signature, 0),
      Uint8Array.of(0, ...signature),
      new Uint8Array(signature.length),
      new Uint8Array(signature.length).fill(0xff),
    ])
      expect(await item.verify(spki, message, other)).toBe(false)
  })

  test('refuses keys that are malformed, of another type or of another curve', async () => {
    for (const [kind, { spki: other }] of Object.entries(pairs))
      if (kind !== kindOf(item)) await refuses(() => item.verify(other, message, signature))
    for (const bytes of [
      new Uint8Array(0),
      spki.subarray(1),
      spki.subarray(0, -1),
      Uint8Array.of(...spki, 0),
    ])
      await refuses(() => item.verify(bytes, message, signature))
  })
})

describe.each(providers)('%s', (_, { signatures }) => {
  const algorithm = (name: string): (typeof signatures)[number] => {
    const found = signatures.find((item) => item.name === name)
    if (!found) throw new Error(`no ${name}`)
    return found
  }
  const message = randomBytes(20)

  test.each([
    ['P-256', 'ecdsa_secp256r1_sha256'],
    ['P-384', 'ecdsa_secp384r1_sha384'],
    ['P-521', 'ecdsa_secp521r1_sha512'],
  ] as const)('%s: a point off the curve is no key, whenever Web Crypto looks at it', async (curve, name) => {
    const { spki } = pair(curve)
    const signature = await referenceSign(algorithm(name), pair(curve), message)
    await refuses(() => algorithm(name).verify(changed(spki, spki.length - 1), message, signature))
  })

  test('ECDSA signatures are DER, and not as Web Crypto has them', async () => {
    const item = algorithm('ecdsa_secp256r1_sha256')
    const { spki } = pair('P-256')
    const raw =
      ecdsaSignatureFromDer('P-256', await referenceSign(item, pair('P-256'), message)) ?? new Uint8Array(0)
    expect(await item.verify(spki, message, ecdsaSignatureToDer(raw))).toBe(true)
    expect(await item.verify(spki, message, raw)).toBe(false)
  })

  test('a key of id-RSASSA-PSS verifies PSS alone, and what its parameters allow (RFC 4055 §1.2)', async () => {
    const signature = await referenceSign(algorithm('rsa_pss_pss_sha384'), pair('rsa-pss'), message)
    await refuses(() => algorithm('rsa_pss_rsae_sha384').verify(pair('rsa-pss').spki, message, signature))
    await refuses(() => algorithm('rsa_pkcs1_sha384').verify(pair('rsa-pss').spki, message, signature))
    await refuses(() => algorithm('rsa_pss_pss_sha384').verify(pair('rsa').spki, message, signature))
    const { spki } = restrictedPair
    const own = await referenceSign(algorithm('rsa_pss_pss_sha384'), restrictedPair, message)
    expect(await algorithm('rsa_pss_pss_sha384').verify(spki, message, own)).toBe(true)
    await refuses(() => algorithm('rsa_pss_pss_sha256').verify(spki, message, own))
  })

  test.each([
    ['a modulus of 512 bits', (1n << 511n) | 1n, 3n],
    ['a modulus of 16,384 bits', (1n << 16_383n) | 1n, 3n],
    ['an even modulus', 1n << 2047n, 3n],
    ['an exponent of 1', (1n << 2047n) | 1n, 1n],
    ['a huge exponent', (1n << 2047n) | 1n, (1n << 2046n) | 1n],
  ])('RSA: %s is refused before any work is done', async (__, modulus, exponent) => {
    const key = writeSequence(
      writeSequence(writeOid('1.2.840.113549.1.1.1'), writeNull()),
      writeBitString(writeSequence(writeInteger(modulus), writeInteger(exponent))),
    )
    await refuses(() => algorithm('rsa_pss_rsae_sha256').verify(key, message, new Uint8Array(256)))
  })
})

test('an RSA signature is below the modulus, whatever the implementation thinks (RFC 8017 §5.2.2)', async () => {
  const careless = new Proxy(globalThis.crypto.subtle, {
    get: (target, property) => {
      if (property === 'verify') return () => Promise.resolve(true)
      const method: unknown = Reflect.get(target, property, target)
      return typeof method === 'function' ? (method.bind(target) as unknown) : method
    },
  })
  const { signatures } = webcrypto({ crypto: { subtle: careless } as unknown as Crypto })
  const rsa = signatures.filter(({ key }) => key.type === 'rsa')
  expect(rsa.length).toBeGreaterThan(3)
  const info = readSubjectPublicKeyInfo(pair('rsa').spki)
  if (!('modulus' in info)) throw new Error('no RSA key')
  const { modulus } = info
  const last = modulus.length - 1
  const less = modulus.map((byte, i) => (i === last ? byte - 1 : byte)) // odd, so that nothing is borrowed
  for (const { verify } of rsa) {
    expect(await verify(pair('rsa').spki, randomBytes(3), less)).toBe(true)
    for (const signature of [modulus, modulus.slice().fill(0xff)])
      expect(await verify(pair('rsa').spki, randomBytes(3), signature)).toBe(false)
  }
})
