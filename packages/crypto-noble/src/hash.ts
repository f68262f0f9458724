/** Hashes, HMAC and HKDF of @noble/hashes, all synchronous. */
import { expand } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { CHash } from '@noble/hashes/utils.js'
import { bytesOf, plainSecret, type Hash, type HashName, type Secret } from '@mortise/crypto'

/** noble's functions of the hashes that TLS 1.3 or its certificates use. */
export const hashFunctions: Readonly<Record<HashName, CHash>> = { sha256, sha384, sha512 }

export function nobleHash(name: HashName): Hash {
  const hash = hashFunctions[name]
  const length = hash.outputLen
  const bytesOrZeros = (secret: Secret | undefined): Uint8Array =>
    secret ? bytesOf(secret) : new Uint8Array(length)

  const expandToBytes = (secret: Secret, info: Uint8Array, size: number): Uint8Array => {
    if (size > 255 * length)
      throw new RangeError(`HKDF-Expand: ${size} bytes, ${name} allows ${255 * length}`)
    return expand(hash, bytesOf(secret), info, size)
  }

  return {
    name,
    length,
    approval: 'not-approved',
    create: () => {
      const state = hash.create()
      return {
        update: (data) => {
          state.update(data)
        },
        snapshot: () => state.clone().digest(),
      }
    },
    digest: (data) => hash(data),
    importSecret: (bytes) => plainSecret(new Uint8Array(bytes)),
    extract: (salt, ikm) => plainSecret(hmac(hash, bytesOrZeros(salt), bytesOrZeros(ikm))),
    expand: (secret, info, size) => plainSecret(expandToBytes(secret, info, size)),
    expandToBytes,
    hmac: (key, data) => hmac(hash, bytesOf(key), data),
  }
}
