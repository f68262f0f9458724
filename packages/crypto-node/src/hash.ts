/** Hashes, HMAC and HKDF on node:crypto, all synchronous. */
import { createHash, createHmac } from 'node:crypto'
import { bytesOf, plainSecret, type Hash, type HashName, type Secret } from '@mortise/crypto'
import type { Approval } from './approval.ts'
import { plainBytes } from './bytes.ts'

const lengths: Readonly<Record<HashName, number>> = { sha256: 32, sha384: 48, sha512: 64 }

export function nodeHash(name: HashName, approval: Approval): Hash {
  const length = lengths[name]
  const zeros = new Uint8Array(length)
  const hmac = (key: Uint8Array, data: Uint8Array): Uint8Array =>
    plainBytes(createHmac(name, key).update(data).digest())
  const keyOf = (secret: Secret | undefined): Uint8Array => (secret ? bytesOf(secret) : zeros)

  /** HKDF-Expand (RFC 5869 §2.3). */
  const expand = (key: Uint8Array, info: Uint8Array, size: number): Uint8Array => {
    if (size > 255 * length)
      throw new RangeError(`HKDF-Expand: ${size} bytes, ${name} allows ${255 * length}`)
    // One update costs less than three: T(n - 1) | info | n, and T(0) is empty
    const input = new Uint8Array(length + info.length + 1)
    input.set(info, length)
    const output = new Uint8Array(size)
    for (let at = 0, counter = 1; at < size; counter++, at += length) {
      input[length + info.length] = counter
      const block = hmac(key, counter === 1 ? input.subarray(length) : input)
      if (at + length < size) input.set(block)
      output.set(at + length > size ? block.subarray(0, size - at) : block, at)
    }
    input.fill(0, 0, length)
    return output
  }

  return {
    name,
    length,
    approval: approval(true),
    create: () => {
      const state = createHash(name)
      return {
        update: (data) => {
          state.update(data)
        },
        snapshot: () => plainBytes(state.copy().digest()),
      }
    },
    digest: (data) => plainBytes(createHash(name).update(data).digest()),
    importSecret: (bytes) => plainSecret(new Uint8Array(bytes)),
    extract: (salt, ikm) => plainSecret(hmac(keyOf(salt), keyOf(ikm))),
    expand: (secret, info, size) => plainSecret(expand(bytesOf(secret), info, size)),
    expandToBytes: (secret, info, size) => expand(bytesOf(secret), info, size),
    hmac: (key, data) => hmac(bytesOf(key), data),
  }
}
