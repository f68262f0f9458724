import {
  plainRsaPkcs8,
  readPrivateKeyInfo,
  signatureDescriptors,
  type RsaPrivateNumbers,
  type SignatureDescriptor,
  type SigningKey,
} from '@mortise/crypto'
import { writeElement, writeInteger, writeOctetString, writeOid, writeSequence } from '@mortise/crypto/der'
import { hex } from '@mortise/wire'
import { describe, expect, test } from 'vitest'
import {
  keyPairs,
  kindOf,
  restrictedPair,
  rsaPairs,
  unsupportedKeys,
  type KeyPair,
} from './fixtures/keyPairs.ts'
import { digest, randomBytes, referenceVerify } from './fixtures/reference.ts'
import { pattern } from './fixtures/sealedByOpenssl.ts'
import { noble } from './noble.ts'

const provider = noble()
const error = (code: string): unknown => expect.objectContaining({ name: 'CryptoError', code })
const importKey = (pkcs8: Uint8Array): SigningKey => provider.importPrivateKey({ pkcs8 }) as SigningKey
const signNow = (key: SigningKey, scheme: number, message: Uint8Array): Uint8Array =>
  key.sign(scheme, message) as Uint8Array

const forHandshakes = signatureDescriptors().filter(
  ({ scheme, padding }) => scheme !== undefined && padding !== 'pkcs1',
)
const schemesOf = (kind: string): readonly SignatureDescriptor[] =>
  forHandshakes.filter((descriptor) => kindOf(descriptor) === kind)

const pairs = keyPairs()
const pair = (kind: string): KeyPair => {
  const found = pairs[kind]
  if (!found) throw new Error(`no ${kind}`)
  return found
}

describe.each(Object.entries(pairs))('a private key of %s', (kind, { pkcs8, spki }) => {
  const key = importKey(pkcs8)

  test('has its schemes and its public key', () => {
    expect(key.schemes).toEqual(schemesOf(kind).map(({ scheme }) => scheme))
    expect(key.publicKey).toEqual(spki)
  })

  test.each(schemesOf(kind).map((item) => [item.name, item] as const))(
    'signs with %s what Web Crypto verifies',
    async (_, descriptor) => {
      for (const length of [0, 1, 130, 3000]) {
        const message = randomBytes(length)
        const signature = signNow(key, descriptor.scheme ?? 0, message)
        expect(await referenceVerify(descriptor, spki, message, signature)).toBe(true)
      }
    },
  )

  test('signs with no other scheme', () => {
    const all = [0, 0x0401, 0x0203, ...forHandshakes.flatMap(({ scheme }) => scheme ?? [])]
    for (const scheme of all.filter((item) => !key.schemes.includes(item)))
      expect(() => signNow(key, scheme, new Uint8Array(3)), `0x${scheme.toString(16)}`).toThrow(
        error('ERR_CRYPTO_UNSUPPORTED'),
      )
  })

  test('may be overwritten once it is imported', async () => {
    const bytes = pkcs8.slice()
    const imported = importKey(bytes)
    bytes.fill(0)
    const [descriptor] = schemesOf(kind)
    if (!descriptor) throw new Error(`no scheme of ${kind}`)
    const signature = signNow(imported, descriptor.scheme ?? 0, new Uint8Array(3))
    expect(await referenceVerify(descriptor, spki, new Uint8Array(3), signature)).toBe(true)
    expect(imported.publicKey).toEqual(spki)
  })
})

test('ECDSA takes randomness from the provider, and does not depend on it alone', () => {
  const { pkcs8 } = pair('P-256')
  const zeros = noble({ random: (length) => new Uint8Array(length) })
  const key = zeros.importPrivateKey({ pkcs8 }) as SigningKey
  const [one, two] = [Uint8Array.of(1), Uint8Array.of(2)]
  expect(signNow(key, 0x0403, one)).toEqual(signNow(key, 0x0403, one))
  // The first 20 bytes hold most of r: were they the same, the nonce would be, and the key lost
  expect(signNow(key, 0x0403, one).slice(4, 24)).not.toEqual(signNow(key, 0x0403, two).slice(4, 24))
  expect(signNow(importKey(pkcs8), 0x0403, one)).not.toEqual(signNow(importKey(pkcs8), 0x0403, one))
})

test('Ed448 signs as OpenSSL does', () => {
  const signature = signNow(importKey(pair('ed448').pkcs8), 0x0808, pattern(64, 1))
  expect(hex(signature)).toBe(
    'd1f14413b4dd076a0e3749ea487321f5a2492363dda0d85f7cf500125fb7ccd767a33cdef717a76c361046fb9886103d7d4eca25c5a8267f80ffd75e0a322c415d6a023c6c7ef85a64810fc40fe9840dfe66e9066eeae399be2d63270784d465810538b548da9722c4c434ae733841732e00',
  )
})

test('an RSA modulus of 1024 bits has no room for PSS with SHA-512', () => {
  const [, small] = rsaPairs.find(([bits]) => bits === 1024) ?? []
  expect(importKey(small?.pkcs8 ?? new Uint8Array(0)).schemes).toEqual([0x0804, 0x0805])
})

test('a key of id-RSASSA-PSS keeps its parameters, and to them (RFC 4055 §1.2)', async () => {
  const { pkcs8, spki } = restrictedPair
  const key = importKey(pkcs8)
  expect(key.publicKey).toEqual(spki)
  expect(key.schemes).toEqual([0x080a])
  const descriptor = schemesOf('rsa-pss')[1]
  if (!descriptor) throw new Error('no scheme')
  expect(await referenceVerify(descriptor, spki, spki, signNow(key, 0x080a, spki))).toBe(true)
  const other = provider.signatures.find(({ name }) => name === 'rsa_pss_pss_sha256')
  expect(() => other?.verify(spki, spki, new Uint8Array(138))).toThrow(error('ERR_CRYPTO_INVALID_KEY'))
})

describe('refuses', () => {
  const p256 = pair('P-256').pkcs8
  const ecPkcs8 = (scalar: Uint8Array, ...more: readonly Uint8Array[]): Uint8Array =>
    writeSequence(
      writeInteger(0),
      writeSequence(writeOid('1.2.840.10045.2.1'), writeOid('1.2.840.10045.3.1.7')),
      writeOctetString(writeSequence(writeInteger(1), writeOctetString(scalar), ...more)),
    )
  const edPkcs8 = (seed: Uint8Array, publicKey: Uint8Array): Uint8Array =>
    writeSequence(
      writeInteger(1),
      writeSequence(writeOid('1.3.101.112')),
      writeOctetString(writeOctetString(seed)),
      writeElement(0x81, Uint8Array.of(0), publicKey),
    )

  test.each([
    ['nothing', new Uint8Array(0)],
    ['a byte behind', Uint8Array.of(...p256, 0)],
    ['zero as a private key', ecPkcs8(new Uint8Array(32))],
    ['a private key beyond the order', ecPkcs8(new Uint8Array(32).fill(0xff))],
    ['the key of another point', changedLast(p256)],
  ])('%s (ERR_CRYPTO_INVALID_KEY)', (_, pkcs8) => {
    expect(() => importKey(pkcs8)).toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })

  test('an Edwards key with the public key of another', () => {
    const seed = pair('ed25519').pkcs8.slice(-32)
    const publicKey = pair('ed25519').spki.slice(-32)
    expect(importKey(edPkcs8(seed, publicKey)).publicKey.slice(-32)).toEqual(publicKey)
    expect(() => importKey(edPkcs8(seed, randomBytes(32)))).toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })

  test.each(unsupportedKeys)('keys of %s (ERR_CRYPTO_UNSUPPORTED)', (_, pkcs8) => {
    expect(() => importKey(pkcs8)).toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
  })

  const rsa = readPrivateKeyInfo(pair('rsa').pkcs8)
  test.each(['modulus', 'publicExponent', 'prime1', 'exponent1', 'exponent2', 'coefficient'] as const)(
    'an RSA key whose %s belongs to another',
    (name) => {
      const numbers = rsa as RsaPrivateNumbers
      importKey(plainRsaPkcs8(numbers))
      const last = numbers[name].length - 1
      const other = numbers[name].map((byte, i) => (i === last ? byte ^ 2 : byte))
      expect(() => importKey(plainRsaPkcs8({ ...numbers, [name]: other }))).toThrow(
        error('ERR_CRYPTO_INVALID_KEY'),
      )
    },
  )

  test('an RSA key too large to work with', () => {
    const numbers = rsa as RsaPrivateNumbers
    const modulus = new Uint8Array(1025).fill(0xff)
    expect(() => importKey(plainRsaPkcs8({ ...numbers, modulus }))).toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })
})

test('signing hashes the message itself: the digest is not taken for it', async () => {
  const { pkcs8, spki } = pair('P-256')
  const [descriptor] = schemesOf('P-256')
  if (!descriptor) throw new Error('no scheme')
  const message = randomBytes(64)
  const hashed = await digest('sha256', message)
  const signature = signNow(importKey(pkcs8), 0x0403, message)
  expect(await referenceVerify(descriptor, spki, message, signature)).toBe(true)
  expect(await referenceVerify(descriptor, spki, hashed, signature)).toBe(false)
})

/** The last byte of the public point that PKCS #8 of OpenSSL ends with. */
function changedLast(pkcs8: Uint8Array): Uint8Array {
  return pkcs8.map((byte, i) => (i === pkcs8.length - 1 ? byte ^ 1 : byte))
}
