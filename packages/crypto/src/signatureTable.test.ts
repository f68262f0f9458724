import { SignatureScheme } from '@mortise/wire'
import { expect, test } from 'vitest'
import { signatureDescriptors } from './signatureTable.ts'

const descriptors = signatureDescriptors()

test('schemes are as registered, with the curve and hash of their name (RFC 9846 §4.3.3)', () => {
  const schemes = descriptors.filter(({ scheme }) => scheme !== undefined)
  for (const { name, scheme, hash } of schemes) {
    expect(SignatureScheme[name as keyof typeof SignatureScheme]).toBe(scheme)
    expect(name.endsWith(hash ?? '')).toBe(true)
  }
  expect(schemes.map(({ name }) => name)).toEqual([
    'ecdsa_secp256r1_sha256',
    'ecdsa_secp384r1_sha384',
    'ecdsa_secp521r1_sha512',
    'ed25519',
    'ed448',
    'rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha384',
    'rsa_pss_rsae_sha512',
    'rsa_pss_pss_sha256',
    'rsa_pss_pss_sha384',
    'rsa_pss_pss_sha512',
    'rsa_pkcs1_sha256',
    'rsa_pkcs1_sha384',
    'rsa_pkcs1_sha512',
  ])
})

test('what only certificates use has no scheme: a curve with the hash of another', () => {
  expect(descriptors.filter(({ scheme }) => scheme === undefined).map(({ name }) => name)).toEqual([
    'ecdsa_secp256r1_sha384',
    'ecdsa_secp256r1_sha512',
    'ecdsa_secp384r1_sha256',
    'ecdsa_secp384r1_sha512',
    'ecdsa_secp521r1_sha256',
    'ecdsa_secp521r1_sha384',
  ])
})

test('no SHA-1, and no name twice', () => {
  const names = descriptors.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => name.includes('sha1'))).toEqual([])
})
