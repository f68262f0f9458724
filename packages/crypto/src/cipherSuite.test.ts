import { expect, test } from 'vitest'
import type { Aead, AeadName } from './aead.ts'
import { cipherSuites } from './cipherSuite.ts'
import { nodeSha256 } from './fixtures/nodeHash.ts'
import type { Hash } from './hash.ts'
import type { SigningProvider } from './provider.ts'

const sha256 = nodeSha256()
const sha384: Hash = { ...sha256, name: 'sha384', length: 48 }
const aead = (name: AeadName): Aead => ({
  name,
  keyLength: 16,
  nonceLength: 12,
  tagLength: 16,
  approval: 'unknown',
  key: () => {
    throw new Error('no keys in these tests')
  },
})
const provider = (aeads: readonly AeadName[], hashes: readonly Hash[]): SigningProvider => ({
  name: 'test',
  random: (length) => new Uint8Array(length),
  aeads: aeads.map(aead),
  hashes,
  groups: [],
  signatures: [],
  importPrivateKey: () => {
    throw new Error('no keys in these tests')
  },
})
const names = (of: SigningProvider): readonly string[] => cipherSuites(of).map(({ name }) => name)

test('suites are pairs of an AEAD and its hash, in the order of the AEADs (RFC 9846 §B.4)', () => {
  const all = provider(
    ['chacha20-poly1305', 'aes-256-gcm', 'aes-128-gcm', 'aes-128-ccm-8', 'aes-128-ccm'],
    [sha256, sha384],
  )
  expect(cipherSuites(all).map(({ suite, name }) => [suite, name])).toEqual([
    [0x1303, 'TLS_CHACHA20_POLY1305_SHA256'],
    [0x1302, 'TLS_AES_256_GCM_SHA384'],
    [0x1301, 'TLS_AES_128_GCM_SHA256'],
    [0x1305, 'TLS_AES_128_CCM_8_SHA256'],
    [0x1304, 'TLS_AES_128_CCM_SHA256'],
  ])
  const [, second] = cipherSuites(all)
  expect(second?.aead).toBe(all.aeads[1])
  expect(second?.hash).toBe(sha384)
})

test('a suite needs both', () => {
  expect(names(provider(['aes-256-gcm', 'aes-128-gcm'], [sha256]))).toEqual(['TLS_AES_128_GCM_SHA256'])
  expect(names(provider(['aes-256-gcm'], [sha256]))).toEqual([])
  expect(names(provider([], [sha256, sha384]))).toEqual([])
})
