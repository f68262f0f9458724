import { CryptoError, type CryptoProvider } from '@mortise/crypto'
import { writeInteger, writeNull, writeOid, writeSequence } from '@mortise/crypto/der'
import { expect, test } from 'vitest'
import { keyNamed, pssParameters, sha256Oid, signers, type KeyKind, type Signer } from './fixtures/keys.ts'
import { provider } from './fixtures/verify.ts'
import type { SignaturePolicy } from './signaturePolicy.ts'
import { verifySignedData } from './verifySignedData.ts'

const data = new TextEncoder().encode('to be signed')

interface Changes {
  readonly algorithm?: Uint8Array
  readonly signature?: Uint8Array
  readonly spki?: Uint8Array
  readonly policy?: Partial<SignaturePolicy>
  readonly provider?: CryptoProvider
}

async function outcome(kind: KeyKind, signer?: Signer, changes: Changes = {}): Promise<string> {
  const key = keyNamed('signed data', kind)
  const { algorithm, sign } = signer ?? key.signer
  const result = await verifySignedData({
    algorithm,
    spki: key.spki,
    data,
    signature: sign(key.privateKey, data),
    provider,
    ...changes,
  })
  return result.ok ? 'accepted' : result.reason
}

test.each<[KeyKind, Signer?]>([
  ['p256'],
  ['p256', signers.ecdsaSha384],
  ['p384'],
  ['p521'],
  ['p521', signers.ecdsaSha256],
  ['ed25519'],
  ['ed448'],
  ['rsa2048'],
  ['rsa2048', signers.pssSha256],
  ['rsaPss'],
])('%s is verified', async (kind, signer) => {
  expect(await outcome(kind, signer)).toBe('accepted')
})

test.each<[string, string, KeyKind, (Signer | undefined)?, Changes?]>([
  ['SHA-1 with RSA', 'ERR_X509_WEAK_ALGORITHM', 'rsa2048', signers.rsaSha1],
  ['SHA-1 with ECDSA', 'ERR_X509_WEAK_ALGORITHM', 'p256', signers.ecdsaSha1],
  [
    'a hash below the floor',
    'ERR_X509_WEAK_ALGORITHM',
    'p256',
    undefined,
    { policy: { hashes: ['sha384'] } },
  ],
  ['RSA of 1024 bits', 'ERR_X509_WEAK_KEY', 'rsa1024'],
  [
    'RSA above the ceiling',
    'ERR_X509_WEAK_KEY',
    'rsa2048',
    undefined,
    { policy: { maxRsaBits: 1024, minRsaBits: 512 } },
  ],
  ['a curve that is not supported', 'ERR_X509_UNSUPPORTED_KEY', 'secp256k1'],
  [
    'a PSS salt of another length than the hash (Baseline Requirements §7.1.3.2.1)',
    'ERR_X509_UNSUPPORTED_ALGORITHM',
    'rsa2048',
    signers.pssShortSalt,
  ],
  [
    'an RSASSA-PSS key that signs by PKCS #1',
    'ERR_X509_BAD_SIGNATURE',
    'rsaPss',
    undefined,
    { algorithm: signers.rsaSha256.algorithm },
  ],
  [
    'an algorithm of another kind of key',
    'ERR_X509_BAD_SIGNATURE',
    'p256',
    undefined,
    { algorithm: signers.ed25519.algorithm },
  ],
  ['another signature', 'ERR_X509_BAD_SIGNATURE', 'p256', undefined, { signature: new Uint8Array(70) }],
  ['an empty signature', 'ERR_X509_BAD_SIGNATURE', 'rsa2048', undefined, { signature: new Uint8Array(0) }],
  [
    'an unknown algorithm',
    'ERR_X509_UNSUPPORTED_ALGORITHM',
    'p256',
    undefined,
    { algorithm: writeSequence(writeOid('1.2.3')) },
  ],
  [
    'parameters with ECDSA (RFC 5758 §3.2)',
    'ERR_X509_MALFORMED',
    'p256',
    undefined,
    { algorithm: writeSequence(writeOid('1.2.840.10045.4.3.2'), writeNull()) },
  ],
  [
    'parameters with RSA that are not NULL',
    'ERR_X509_MALFORMED',
    'rsa2048',
    undefined,
    { algorithm: writeSequence(writeOid('1.2.840.113549.1.1.11'), writeInteger(1)) },
  ],
  [
    'PSS without parameters',
    'ERR_X509_MALFORMED',
    'rsa2048',
    undefined,
    { algorithm: writeSequence(writeOid('1.2.840.113549.1.1.10')) },
  ],
  [
    'a key with bytes behind it',
    'ERR_X509_MALFORMED',
    'p256',
    undefined,
    { spki: Buffer.concat([keyNamed('x').spki, Buffer.of(0)]) },
  ],
])('%s: %s', async (_, reason, kind, signer, changes) => {
  expect(await outcome(kind, signer, changes)).toBe(reason)
})

test('RSA with parameters absent is taken, as many have written it (RFC 4055 §5)', async () => {
  expect(
    await outcome('rsa2048', undefined, { algorithm: writeSequence(writeOid('1.2.840.113549.1.1.11')) }),
  ).toBe('accepted')
})

test('parameters in an RSASSA-PSS key restrict its signatures (RFC 4055 §3.1)', async () => {
  const { spki } = keyNamed('signed data', 'rsaPss')
  const bits = spki.subarray(spki.indexOf(3, 4))
  const restricted = (saltLength: number, hash = sha256Oid) =>
    writeSequence(writeSequence(writeOid('1.2.840.113549.1.1.10'), pssParameters(hash, saltLength)), bits)
  expect(await outcome('rsaPss', undefined, { spki: restricted(32) })).toBe('accepted')
  expect(await outcome('rsaPss', undefined, { spki: restricted(33) })).toBe('ERR_X509_BAD_SIGNATURE')
  expect(await outcome('rsaPss', undefined, { spki: restricted(32, '2.16.840.1.101.3.4.2.2') })).toBe(
    'ERR_X509_BAD_SIGNATURE',
  )
})

test('a key that is a point off the curve verifies nothing', async () => {
  const spki = keyNamed('signed data').spki.slice()
  spki.set([(spki.at(-1) ?? 0) ^ 1], spki.length - 1)
  expect(await outcome('p256', undefined, { spki })).toBe('ERR_X509_BAD_SIGNATURE')
})

test('a provider without the algorithm is named', async () => {
  const result = await verifySignedData({
    algorithm: signers.ed448.algorithm,
    spki: keyNamed('signed data', 'ed448').spki,
    data,
    signature: data,
    provider: { ...provider, name: 'small', signatures: [] },
  })
  expect(result).toMatchObject({
    reason: 'ERR_X509_UNSUPPORTED_ALGORITHM',
    expected: 'an algorithm of the provider small',
  })
})

test.each([
  ['throws', new Error('module is in an error state'), 'ERR_X509_PROVIDER'],
  [
    'finds the key invalid',
    new CryptoError('ERR_CRYPTO_INVALID_KEY', 'off the curve'),
    'ERR_X509_BAD_SIGNATURE',
  ],
])('a provider that %s is no exception but a verdict', async (_, error, reason) => {
  const failing = provider.signatures.map((algorithm) => ({
    ...algorithm,
    verify: () => {
      throw error
    },
  }))
  expect(await outcome('p256', undefined, { provider: { ...provider, signatures: failing } })).toBe(reason)
})
