/** Cipher suites are pairs of an AEAD and a hash (RFC 9846 §B.4), worked out from what a provider has. */
import { CipherSuite as CodePoints } from '@mortise/wire'
import type { Aead, AeadName } from './aead.ts'
import type { Hash, HashName } from './hash.ts'
import type { CryptoProvider } from './provider.ts'

/** A pair of AEAD and hash that has a name and a code point (RFC 9846 §B.4). */
export interface CipherSuite {
  /** CipherSuite code point. */
  readonly suite: number
  /** As registered: `TLS_AES_128_GCM_SHA256`. */
  readonly name: string
  readonly aead: Aead
  readonly hash: Hash
}

// Spelt out, so that a bundler need not keep the registry to look names up in
const pairs: readonly (readonly [
  suite: number,
  name: keyof typeof CodePoints,
  aead: AeadName,
  hash: HashName,
])[] = [
  [CodePoints.TLS_AES_128_GCM_SHA256, 'TLS_AES_128_GCM_SHA256', 'aes-128-gcm', 'sha256'],
  [CodePoints.TLS_AES_256_GCM_SHA384, 'TLS_AES_256_GCM_SHA384', 'aes-256-gcm', 'sha384'],
  [CodePoints.TLS_CHACHA20_POLY1305_SHA256, 'TLS_CHACHA20_POLY1305_SHA256', 'chacha20-poly1305', 'sha256'],
  [CodePoints.TLS_AES_128_CCM_SHA256, 'TLS_AES_128_CCM_SHA256', 'aes-128-ccm', 'sha256'],
  [CodePoints.TLS_AES_128_CCM_8_SHA256, 'TLS_AES_128_CCM_8_SHA256', 'aes-128-ccm-8', 'sha256'],
]

const known = /* @__PURE__ */ new WeakMap<CryptoProvider, readonly CipherSuite[]>()

/** All suites that a provider can make, in the order of its AEADs: worked out once, as a provider does not change. */
export function cipherSuites(provider: CryptoProvider): readonly CipherSuite[] {
  const before = known.get(provider)
  if (before) return before
  const suites = pairsOf(provider)
  known.set(provider, suites)
  return suites
}

function pairsOf({ aeads, hashes }: CryptoProvider): readonly CipherSuite[] {
  return aeads.flatMap((aead) =>
    pairs.flatMap(([suite, name, aeadName, hashName]) => {
      const hash = hashes.find((item) => item.name === hashName)
      return aeadName === aead.name && hash ? [{ suite, name, aead, hash }] : []
    }),
  )
}
