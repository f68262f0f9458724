import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import {
  signatureDescriptors,
  type CryptoError,
  type SignatureDescriptor,
  type SigningKey,
} from '@mortise/crypto'
import { writeElement, writeInteger, writeOctetString, writeOid, writeSequence } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { outcome, providers } from './fixtures/cryptos.ts'
import { keyPairRestrictedTo, keyPairs, kindOf, nodeVerify } from './fixtures/keyPairs.ts'
import { webcrypto } from './webcrypto.ts'

const error = (code: string): unknown => expect.objectContaining({ name: 'CryptoError', code })
const pairs = keyPairs()
const restricted = keyPairRestrictedTo('sha384', 48)

const forHandshakes = signatureDescriptors().filter(
  ({ scheme, padding }) => scheme !== undefined && padding !== 'pkcs1',
)
const schemesOf = (kind: string): readonly SignatureDescriptor[] =>
  forHandshakes.filter((descriptor) => kindOf(descriptor) === kind)
const der = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }))

describe.each(providers)('%s', (name, provider) => {
  const importKey = (pkcs8: Uint8Array): Promise<SigningKey> =>
    outcome(() => provider.importPrivateKey({ pkcs8 }))
  const kinds = Object.entries(pairs).filter(([kind]) =>
    provider.signatures.some((item) => kindOf(item) === kind),
  )

  test.each(kinds)('a key of %s has its schemes and its public key, and signs', async (kind, pair) => {
    const pkcs8 = pair.pkcs8.slice()
    const key = await importKey(pkcs8)
    pkcs8.fill(0) // it may be overwritten once it is imported
    expect(key.publicKey).toEqual(pair.spki)
    expect(key.schemes).toEqual(schemesOf(kind).map(({ scheme }) => scheme))
    for (const descriptor of schemesOf(kind))
      for (const length of [0, 1, 3000]) {
        const message = randomBytes(length)
        const signature = await key.sign(descriptor.scheme ?? 0, message)
        expect(nodeVerify(descriptor, pair.spki, message, signature)).toBe(true)
      }
    const all = [0, 0x0401, 0x0203, ...forHandshakes.flatMap(({ scheme }) => scheme ?? [])]
    for (const scheme of all.filter((item) => !key.schemes.includes(item)))
      await expect(key.sign(scheme, new Uint8Array(3))).rejects.toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
  })

  test('a key of id-RSASSA-PSS keeps its parameters, and to them (RFC 4055 §1.2)', async () => {
    const key = await importKey(restricted.pkcs8)
    expect(key.publicKey).toEqual(restricted.spki)
    expect(key.schemes).toEqual([0x080a])
    const [, descriptor] = schemesOf('rsa-pss')
    if (!descriptor) throw new Error('no scheme')
    const signature = await key.sign(0x080a, restricted.spki)
    expect(nodeVerify(descriptor, restricted.spki, restricted.spki, signature)).toBe(true)
  })

  test('an EC key without its public half gets it where Web Crypto works it out', async () => {
    const pair = pairs['P-256']
    const scalar = Buffer.from(pair?.privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')
    const outcomeOfImport = await importKey(ecPkcs8(scalar)).then(
      ({ publicKey }) => publicKey,
      (thrown: unknown) => (thrown as CryptoError).code,
    )
    expect(outcomeOfImport).toEqual(name === 'peculiar' ? 'ERR_CRYPTO_UNSUPPORTED' : pair?.spki)
  })

  test('an Edwards key with its public half must have its own (RFC 8410 §7)', async () => {
    const seed = randomBytes(32)
    const own = createPrivateKey({
      key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
      format: 'der',
      type: 'pkcs8',
    }).export({ format: 'jwk' }).x
    const publicKey = Buffer.from(own ?? '', 'base64url')
    expect((await importKey(edPkcs8(seed, publicKey))).publicKey.slice(-32)).toEqual(
      new Uint8Array(publicKey),
    )
    await expect(importKey(edPkcs8(seed, randomBytes(32)))).rejects.toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })

  test.each([
    ['nothing', new Uint8Array(0)],
    ['a byte behind', Uint8Array.of(...(pairs['P-256']?.pkcs8 ?? []), 0)],
    ['the key of another point', changedLast(pairs['P-256']?.pkcs8 ?? new Uint8Array(0))],
    ['an RSA key with one number changed', changedLast(pairs['rsa']?.pkcs8 ?? new Uint8Array(0))],
  ])('refuses %s (ERR_CRYPTO_INVALID_KEY)', async (_, pkcs8) => {
    await expect(importKey(pkcs8)).rejects.toThrow(error('ERR_CRYPTO_INVALID_KEY'))
  })

  test('refuses a scalar that is out of range', async () => {
    // Where Web Crypto works no public half out, there is none to find that with
    const code = name === 'peculiar' ? 'ERR_CRYPTO_UNSUPPORTED' : 'ERR_CRYPTO_INVALID_KEY'
    for (const byte of [0, 0xff])
      await expect(importKey(ecPkcs8(new Uint8Array(32).fill(byte)))).rejects.toThrow(error(code))
  })

  test.each([
    ['secp256k1', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey],
    ['X25519', generateKeyPairSync('x25519').privateKey],
    [
      'RSA with no room for any hash (RFC 8017 §9.1.1)',
      generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey,
    ],
  ])('refuses keys of %s (ERR_CRYPTO_UNSUPPORTED)', async (_, key) => {
    await expect(importKey(der(key))).rejects.toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
  })
})

test('a key of a curve that Web Crypto lacks here is not supported', async () => {
  const { importPrivateKey } = webcrypto({ features: new Set(['ECDSA P-256']) })
  for (const kind of ['P-384', 'ed25519', 'ed448'])
    await expect(
      outcome(() => importPrivateKey({ pkcs8: pairs[kind]?.pkcs8 ?? new Uint8Array(0) })),
    ).rejects.toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
})

function ecPkcs8(scalar: Uint8Array): Uint8Array {
  return writeSequence(
    writeInteger(0),
    writeSequence(writeOid('1.2.840.10045.2.1'), writeOid('1.2.840.10045.3.1.7')),
    writeOctetString(writeSequence(writeInteger(1), writeOctetString(scalar))),
  )
}

function edPkcs8(seed: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return writeSequence(
    writeInteger(1),
    writeSequence(writeOid('1.3.101.112')),
    writeOctetString(writeOctetString(seed)),
    writeElement(0x81, Uint8Array.of(0), publicKey),
  )
}

/** The last byte: of the point, or of an RSA key's coefficient. */
function changedLast(pkcs8: Uint8Array): Uint8Array {
  return pkcs8.map((byte, i) => (i === pkcs8.length - 1 ? byte ^ 1 : byte))
}
