import {
  readSubjectPublicKeyInfo,
  signatureDescriptors,
  writeRsaPublicKey,
  writeSubjectPublicKeyInfo,
} from '@mortise/crypto'
import { writeOid, writeSequence } from '@mortise/crypto/der'
import { describe, expect, test } from 'vitest'
import { bytes, cryptos } from './fixtures/cryptos.ts'
import { referenceVerify } from './fixtures/signatures.ts'
import { webcryptoSigningKey } from './signingKey.ts'

const error = (code: string): unknown => expect.objectContaining({ name: 'CryptoError', code })
const message = bytes(40)

const kinds: readonly (readonly [
  what: string,
  algorithm: RsaHashedKeyGenParams | EcKeyGenParams,
  schemes: readonly number[],
])[] = [
  ['ECDSA P-256', { name: 'ECDSA', namedCurve: 'P-256' }, [0x0403]],
  ['ECDSA P-384', { name: 'ECDSA', namedCurve: 'P-384' }, [0x0503]],
  ['RSA-PSS with SHA-384', rsa('RSA-PSS', 'SHA-384'), [0x0805]],
]

describe.each(cryptos)('%s', (_, crypto) => {
  const generate = async (algorithm: RsaHashedKeyGenParams | EcKeyGenParams): Promise<CryptoKeyPair> =>
    crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])

  test.each(kinds)('%s: a key that can not be extracted signs', async (__, algorithm, schemes) => {
    const { privateKey, publicKey } = await generate(algorithm)
    expect(privateKey.extractable).toBe(false)
    const key = await webcryptoSigningKey(privateKey, { publicKey, crypto })
    expect(key.schemes).toEqual(schemes)
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))
    expect(key.publicKey).toEqual(spki)
    const [scheme = 0] = schemes
    const descriptor = signatureDescriptors().find((item) => item.scheme === scheme)
    if (!descriptor) throw new Error('no scheme')
    expect(await referenceVerify(descriptor, spki, message, await key.sign(scheme, message))).toBe(true)
    await expect(key.sign(0x0804, message)).rejects.toThrow(error('ERR_CRYPTO_UNSUPPORTED'))
    // The certificate's bytes do as well, and may be overwritten
    const given = spki.slice()
    const same = await webcryptoSigningKey(privateKey, { publicKey: given, crypto })
    given.fill(0)
    expect(same.publicKey).toEqual(spki)
  })

  test('an RSA-PSS key whose certificate says id-RSASSA-PSS signs so (RFC 9846 §4.3.3)', async () => {
    const { privateKey, publicKey } = await generate(rsa('RSA-PSS', 'SHA-384'))
    const info = readSubjectPublicKeyInfo(new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)))
    if (info.type !== 'rsa') throw new Error('no RSA key')
    const spki = writeSubjectPublicKeyInfo(
      writeSequence(writeOid('1.2.840.113549.1.1.10')),
      writeRsaPublicKey(info),
    )
    const key = await webcryptoSigningKey(privateKey, { publicKey: spki, crypto })
    expect(key.schemes).toEqual([0x080a])
    const descriptor = signatureDescriptors().find(({ scheme }) => scheme === 0x080a)
    if (!descriptor) throw new Error('no scheme')
    expect(await referenceVerify(descriptor, spki, message, await key.sign(0x080a, message))).toBe(true)
  })

  test('refuses keys for anything else, or that may not sign', async () => {
    const { privateKey, publicKey } = await generate(rsa('RSASSA-PKCS1-v1_5', 'SHA-256'))
    await expect(webcryptoSigningKey(privateKey, { publicKey, crypto })).rejects.toThrow(
      error('ERR_CRYPTO_UNSUPPORTED'),
    )
    const pss = await generate(rsa('RSA-PSS', 'SHA-256'))
    await expect(webcryptoSigningKey(pss.publicKey, { publicKey: pss.publicKey, crypto })).rejects.toThrow(
      error('ERR_CRYPTO_UNSUPPORTED'),
    )
  })

  test("refuses another key's public half, and one that is none", async () => {
    const [own, other] = [
      await generate({ name: 'ECDSA', namedCurve: 'P-256' }),
      await generate({ name: 'ECDSA', namedCurve: 'P-256' }),
    ]
    await expect(webcryptoSigningKey(own.privateKey, { publicKey: other.publicKey, crypto })).rejects.toThrow(
      error('ERR_CRYPTO_INVALID_KEY'),
    )
    await expect(webcryptoSigningKey(own.privateKey, { publicKey: own.privateKey, crypto })).rejects.toThrow(
      error('ERR_CRYPTO_INVALID_KEY'),
    )
    await expect(
      webcryptoSigningKey(own.privateKey, { publicKey: new Uint8Array(9), crypto }),
    ).rejects.toThrow(error('ERR_CRYPTO_INVALID_KEY'))
    const p384 = await generate({ name: 'ECDSA', namedCurve: 'P-384' })
    await expect(webcryptoSigningKey(own.privateKey, { publicKey: p384.publicKey, crypto })).rejects.toThrow(
      error('ERR_CRYPTO_UNSUPPORTED'),
    )
  })
})

function rsa(name: 'RSA-PSS' | 'RSASSA-PKCS1-v1_5', hash: string): RsaHashedKeyGenParams {
  return { name, hash, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }
}
