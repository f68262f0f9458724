import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { restrictedRsaPss } from '../fixtures/rsaPss.ts'
import { signatureDescriptors, type SignatureDescriptor } from '../signatureTable.ts'
import { publicKeyFor, signingAlgorithmsOf } from './fit.ts'
import { readPrivateKeyInfo } from './privateKey.ts'

const rsaSchemes = ['rsa_pss_rsae_sha256', 'rsa_pss_rsae_sha384', 'rsa_pss_rsae_sha512']
const pssSchemes = ['rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512']
const pkcs1 = ['rsa_pkcs1_sha256', 'rsa_pkcs1_sha384', 'rsa_pkcs1_sha512']
const ecdsa = (curve: string): readonly string[] =>
  ['sha256', 'sha384', 'sha512'].map((hash) => `ecdsa_${curve}_${hash}`)

const cases: readonly (readonly [
  what: string,
  pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  signs: readonly string[],
  verifies: readonly string[],
])[] = [
  [
    'P-256',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    ['ecdsa_secp256r1_sha256'],
    ecdsa('secp256r1'),
  ],
  [
    'P-384',
    generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    ['ecdsa_secp384r1_sha384'],
    ecdsa('secp384r1'),
  ],
  [
    'P-521',
    generateKeyPairSync('ec', { namedCurve: 'P-521' }),
    ['ecdsa_secp521r1_sha512'],
    ecdsa('secp521r1'),
  ],
  ['RSA', generateKeyPairSync('rsa', { modulusLength: 1100 }), rsaSchemes, [...rsaSchemes, ...pkcs1]],
  ['RSASSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 1100 }), pssSchemes, pssSchemes],
  [
    'RSASSA-PSS with SHA-384',
    restrictedRsaPss('sha384', 'sha384', 48),
    ['rsa_pss_pss_sha384'],
    ['rsa_pss_pss_sha384'],
  ],
  [
    'RSASSA-PSS with short salts',
    restrictedRsaPss('sha384', 'sha384', 20),
    ['rsa_pss_pss_sha384'],
    ['rsa_pss_pss_sha384'],
  ],
  ['RSASSA-PSS with too long salts', restrictedRsaPss('sha256', 'sha256', 33), [], []],
  ['RSASSA-PSS with two hashes', restrictedRsaPss('sha256', 'sha384', 32), [], []],
  ['RSASSA-PSS with SHA-1', restrictedRsaPss('sha1', 'sha1', 20), [], []],
  ['Ed25519', generateKeyPairSync('ed25519'), ['ed25519'], ['ed25519']],
  ['Ed448', generateKeyPairSync('ed448'), ['ed448'], ['ed448']],
  [
    'RSA with 1024 bits: no room for two hashes of 64 bytes (RFC 8017 §9.1.1)',
    generateKeyPairSync('rsa', { modulusLength: 1024 }),
    rsaSchemes.slice(0, 2),
    [...rsaSchemes, ...pkcs1],
  ],
]

const names = (algorithms: readonly SignatureDescriptor[]): readonly string[] =>
  algorithms.map(({ name }) => name)

/** `undefined` if nothing is thrown. */
function codeOf(run: () => unknown): unknown {
  try {
    run()
    return undefined
  } catch (error) {
    return (error as { readonly code: unknown }).code
  }
}

describe.each(cases)('%s', (_, { publicKey, privateKey }, signs, verifies) => {
  const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }))
  const key = readPrivateKeyInfo(new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })))

  test('verifies what it may', () => {
    const fitting = new Set(verifies)
    for (const algorithm of signatureDescriptors()) {
      const code = codeOf(() => publicKeyFor(algorithm, spki))
      expect(code, algorithm.name).toBe(fitting.has(algorithm.name) ? undefined : 'ERR_CRYPTO_INVALID_KEY')
    }
  })

  test('signs with what belongs into handshakes (RFC 9846 §4.3.3)', () => {
    const run = (): unknown => names(signingAlgorithmsOf(key))
    expect(codeOf(run) ?? run()).toEqual(signs.length > 0 ? signs : 'ERR_CRYPTO_UNSUPPORTED')
  })
})

test('a modulus of exactly the length that two hashes need has room', () => {
  const bits = 8 * (2 * 64 + 2) - 7 + 1
  const keyOf = (modulusLength: number): ReturnType<typeof readPrivateKeyInfo> =>
    readPrivateKeyInfo(
      new Uint8Array(
        generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ format: 'der', type: 'pkcs8' }),
      ),
    )
  expect(names(signingAlgorithmsOf(keyOf(bits)))).toEqual(rsaSchemes)
  expect(names(signingAlgorithmsOf(keyOf(bits - 1)))).toEqual(rsaSchemes.slice(0, 2))
})
