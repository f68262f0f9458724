import {
  readPrivateKeyInfo,
  signatureDescriptors,
  type CryptoError,
  type SignatureDescriptor,
  type SigningKey,
} from '@mortise/crypto'
import { writeElement, writeInteger, writeOctetString, writeOid, writeSequence } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { bytes as randomBytes, outcome, providers } from './fixtures/cryptos.ts'
import { keyPairs, kindOf, restrictedPair as restricted, unsupportedKeys } from './fixtures/keyPairs.ts'
import { referenceVerify } from './fixtures/signatures.ts'
import { webcrypto } from './webcrypto.ts'

const error = (code: string): unknown => expect.objectContaining({ name: 'CryptoError', code })
const pairs = keyPairs()

const forHandshakes = signatureDescriptors().filter(
  ({ scheme, padding }) => scheme !== undefined && padding !== 'pkcs1',
)
const schemesOf = (kind: string): readonly SignatureDescriptor[] =>
  forHandshakes.filter((descriptor) => kindOf(descriptor) === kind)

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
        expect(await referenceVerify(descriptor, pair.spki, message, signature)).toBe(true)
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
    expect(await referenceVerify(descriptor, restricted.spki, restricted.spki, signature)).toBe(true)
  })

  test('an EC key without its public half gets it where Web Crypto works it out', async () => {
    const pair = pairs['P-256']
    const info = readPrivateKeyInfo(pair?.pkcs8 ?? new Uint8Array(0))
    if (info.type !== 'ec') throw new Error('no EC key')
    const outcomeOfImport = await importKey(ecPkcs8(info.privateKey)).then(
      ({ publicKey }) => publicKey,
      (thrown: unknown) => (thrown as CryptoError).code,
    )
    expect(outcomeOfImport).toEqual(name === 'peculiar' ? 'ERR_CRYPTO_UNSUPPORTED' : pair?.spki)
  })

  test('an Edwards key with its public half must have its own (RFC 8410 §7)', async () => {
    const seed = pairs['ed25519']?.pkcs8.slice(-32) ?? new Uint8Array(0)
    const publicKey = pairs['ed25519']?.spki.slice(-32) ?? new Uint8Array(0)
    expect((await importKey(edPkcs8(seed, publicKey))).publicKey.slice(-32)).toEqual(publicKey)
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

  test.each(unsupportedKeys)('refuses keys of %s (ERR_CRYPTO_UNSUPPORTED)', async (_, pkcs8) => {
    await expect(importKey(pkcs8)).rejects.toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
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
