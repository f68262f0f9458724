import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import {
  readPrivateKeyInfo,
  signatureDescriptors,
  type RsaPrivateNumbers,
  type SignatureDescriptor,
  type SigningKey,
} from '@mortise/crypto'
import {
  writeElement,
  writeInteger,
  writeNull,
  writeOctetString,
  writeOid,
  writeSequence,
  writeUnsigned,
} from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { keyPair, keyPairs, kindOf, nodeVerify, type KeyPair } from './fixtures/keyPairs.ts'
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

describe.each(Object.entries(keyPairs()))('a private key of %s', (kind, { pkcs8, spki }) => {
  const key = importKey(pkcs8)

  test('has its schemes and its public key', () => {
    expect(key.schemes).toEqual(schemesOf(kind).map(({ scheme }) => scheme))
    expect(key.publicKey).toEqual(spki)
  })

  test.each(schemesOf(kind).map((item) => [item.name, item] as const))(
    'signs with %s what node:crypto verifies',
    (_, descriptor) => {
      for (const length of [0, 1, 130, 3000]) {
        const message = randomBytes(length)
        const signature = signNow(key, descriptor.scheme ?? 0, message)
        expect(nodeVerify(descriptor, spki, message, signature)).toBe(true)
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

  test('may be overwritten once it is imported', () => {
    const bytes = pkcs8.slice()
    const imported = importKey(bytes)
    bytes.fill(0)
    const [descriptor] = schemesOf(kind)
    if (!descriptor) throw new Error(`no scheme of ${kind}`)
    const signature = signNow(imported, descriptor.scheme ?? 0, new Uint8Array(3))
    expect(nodeVerify(descriptor, spki, new Uint8Array(3), signature)).toBe(true)
    expect(imported.publicKey).toEqual(spki)
  })
})

test('ECDSA takes randomness from the provider, and does not depend on it alone', () => {
  const { pkcs8 } = keyPair(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
  const zeros = noble({ random: (length) => new Uint8Array(length) })
  const key = zeros.importPrivateKey({ pkcs8 }) as SigningKey
  const [one, two] = [Uint8Array.of(1), Uint8Array.of(2)]
  expect(signNow(key, 0x0403, one)).toEqual(signNow(key, 0x0403, one))
  // The first 20 bytes hold most of r: were they the same, the nonce would be, and the key lost
  expect(signNow(key, 0x0403, one).slice(4, 24)).not.toEqual(signNow(key, 0x0403, two).slice(4, 24))
  expect(signNow(importKey(pkcs8), 0x0403, one)).not.toEqual(signNow(importKey(pkcs8), 0x0403, one))
})

test('an RSA modulus of 1024 bits has no room for PSS with SHA-512', () => {
  const { pkcs8 } = keyPair(generateKeyPairSync('rsa', { modulusLength: 1024 }))
  expect(importKey(pkcs8).schemes).toEqual([0x0804, 0x0805])
})

test('a key of id-RSASSA-PSS keeps its parameters, and to them (RFC 4055 §1.2)', () => {
  const pair: KeyPair = keyPair(
    generateKeyPairSync('rsa-pss', {
      modulusLength: 1100,
      hashAlgorithm: 'sha384',
      mgf1HashAlgorithm: 'sha384',
      saltLength: 48 as number & string,
    }),
  )
  const key = importKey(pair.pkcs8)
  expect(key.publicKey).toEqual(pair.spki)
  expect(key.schemes).toEqual([0x080a])
  const descriptor = schemesOf('rsa-pss')[1]
  if (!descriptor) throw new Error('no scheme')
  expect(nodeVerify(descriptor, pair.spki, pair.spki, signNow(key, 0x080a, pair.spki))).toBe(true)
  const other = provider.signatures.find(({ name }) => name === 'rsa_pss_pss_sha256')
  expect(() => other?.verify(pair.spki, pair.spki, new Uint8Array(138))).toThrow(
    error('ERR_CRYPTO_INVALID_KEY'),
  )
})

describe('refuses', () => {
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
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
  const der = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }))

  test.each([
    ['nothing', new Uint8Array(0)],
    ['a byte behind', Uint8Array.of(...der(p256), 0)],
    ['zero as a private key', ecPkcs8(new Uint8Array(32))],
    ['a private key beyond the order', ecPkcs8(new Uint8Array(32).fill(0xff))],
    ['the key of another point', changedLast(der(p256))],
  ])('%s (ERR_CRYPTO_INVALID_KEY)', (_, pkcs8) => {
    expect(() => importKey(pkcs8)).toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })

  test('an Edwards key with the public key of another', () => {
    const seed = randomBytes(32)
    const own = createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
      format: 'der',
      type: 'pkcs8',
    }).export({ format: 'jwk' }).x
    const publicKey = Buffer.from(own ?? '', 'base64url')
    expect(importKey(edPkcs8(seed, publicKey)).publicKey.slice(-32)).toEqual(new Uint8Array(publicKey))
    expect(() => importKey(edPkcs8(seed, randomBytes(32)))).toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })

  test.each([
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey],
    ['X25519', generateKeyPairSync('x25519').privateKey],
    ['DSA', generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey],
    [
      'RSA with no room for any hash (RFC 8017 §9.1.1)',
      generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey,
    ],
  ])('keys of %s (ERR_CRYPTO_UNSUPPORTED)', (_, key) => {
    expect(() => importKey(der(key))).toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
  })

  const rsa = readPrivateKeyInfo(der(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey))
  const rsaPkcs8 = (numbers: RsaPrivateNumbers): Uint8Array =>
    writeSequence(
      writeInteger(0),
      writeSequence(writeOid('1.2.840.113549.1.1.1'), writeNull()),
      writeOctetString(
        writeSequence(
          writeInteger(0),
          writeUnsigned(numbers.modulus),
          writeUnsigned(numbers.publicExponent),
          writeUnsigned(numbers.privateExponent),
          writeUnsigned(numbers.prime1),
          writeUnsigned(numbers.prime2),
          writeUnsigned(numbers.exponent1),
          writeUnsigned(numbers.exponent2),
          writeUnsigned(numbers.coefficient),
        ),
      ),
    )
  test.each(['modulus', 'publicExponent', 'prime1', 'exponent1', 'exponent2', 'coefficient'] as const)(
    'an RSA key whose %s belongs to another',
    (name) => {
      const numbers = rsa as RsaPrivateNumbers
      importKey(rsaPkcs8(numbers))
      const last = numbers[name].length - 1
      const other = numbers[name].map((byte, i) => (i === last ? byte ^ 2 : byte))
      expect(() => importKey(rsaPkcs8({ ...numbers, [name]: other }))).toThrow(
        error('ERR_CRYPTO_INVALID_KEY'),
      )
    },
  )

  test('an RSA key too large to work with', () => {
    const numbers = rsa as RsaPrivateNumbers
    const modulus = new Uint8Array(1025).fill(0xff)
    expect(() => importKey(rsaPkcs8({ ...numbers, modulus }))).toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })
})

test('signing hashes the message itself: the digest is not taken for it', () => {
  const { pkcs8, spki } = keyPair(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
  const [descriptor] = schemesOf('P-256')
  if (!descriptor) throw new Error('no scheme')
  const message = randomBytes(64)
  const digest = createHash('sha256').update(message).digest()
  const signature = signNow(importKey(pkcs8), 0x0403, message)
  expect(nodeVerify(descriptor, spki, message, signature)).toBe(true)
  expect(nodeVerify(descriptor, spki, digest, signature)).toBe(false)
})

/** The last byte of the public point that PKCS #8 of node:crypto ends with. */
function changedLast(pkcs8: Uint8Array): Uint8Array {
  return pkcs8.map((byte, i) => (i === pkcs8.length - 1 ? byte ^ 1 : byte))
}
