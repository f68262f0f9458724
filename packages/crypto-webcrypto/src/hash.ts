/**
 * Hashes, HMAC and HKDF on WebCrypto. It has no incremental hash, so a transcript is kept and hashed anew for each
 * snapshot, and its HKDF only extracts and expands in one go, so both are made of HMAC (RFC 5869).
 */
import { bytesOf, plainSecret, type Hash, type HashName, type HashState, type Secret } from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { attempt, source } from './subtle.ts'

const parameters: Readonly<Record<HashName, { readonly algorithm: string; readonly length: number }>> = {
  sha256: { algorithm: 'SHA-256', length: 32 },
  sha384: { algorithm: 'SHA-384', length: 48 },
  sha512: { algorithm: 'SHA-512', length: 64 },
}

/** WebCrypto's name of a hash. */
export function algorithmOf(name: HashName): string {
  return parameters[name].algorithm
}

/** In bytes. */
export function hashLengthOf(name: HashName): number {
  return parameters[name].length
}

export function webcryptoHash(name: HashName, subtle: SubtleCrypto): Hash {
  const { algorithm, length } = parameters[name]
  const zeros = plainSecret(new Uint8Array(length))
  /** A secret is imported once, however much is expanded from it. */
  const keys = new WeakMap<Secret, Promise<CryptoKey>>()

  const importKey = (secret: Secret): Promise<CryptoKey> => {
    const bytes = bytesOf(secret) // throws if the secret was destroyed after its key was made
    const known = keys.get(secret)
    if (known) return known
    // An empty key is refused, and is the same as a block of zeros (RFC 2104 §2)
    const material = source(bytes.length > 0 ? bytes : new Uint8Array(length))
    const key = subtle.importKey('raw', material, { name: 'HMAC', hash: algorithm }, false, ['sign'])
    keys.set(secret, key)
    return key
  }
  const hmac = (secret: Secret, data: Uint8Array): Promise<Uint8Array> =>
    attempt(
      'ERR_CRYPTO_OPERATION_FAILED',
      inWords && `HMAC with ${algorithm}`,
      async () => new Uint8Array(await subtle.sign('HMAC', await importKey(secret), source(data))),
    )

  /** HKDF-Expand (RFC 5869 §2.3). */
  const expandToBytes = async (secret: Secret, info: Uint8Array, size: number): Promise<Uint8Array> => {
    if (size > 255 * length)
      throw new RangeError(`HKDF-Expand: ${size} bytes, ${name} allows ${255 * length}`)
    const output = new Uint8Array(size)
    const input = new Uint8Array(length + info.length + 1)
    input.set(info, length)
    for (let at = 0, counter = 1; at < size; at += length, counter++) {
      input[length + info.length] = counter
      const block = await hmac(secret, counter === 1 ? input.subarray(length) : input)
      output.set(block.subarray(0, size - at), at)
      input.set(block)
    }
    return output
  }
  const digest = (data: Uint8Array): Promise<Uint8Array> =>
    attempt(
      'ERR_CRYPTO_OPERATION_FAILED',
      inWords && algorithm,
      async () => new Uint8Array(await subtle.digest(algorithm, source(data))),
    )

  return {
    name,
    length,
    approval: 'unknown',
    create: () => transcript(digest),
    digest,
    importSecret: (bytes) => plainSecret(bytes.slice()),
    extract: async (salt, ikm) => plainSecret(await hmac(salt ?? zeros, bytesOf(ikm ?? zeros))),
    expand: async (secret, info, size) => plainSecret(await expandToBytes(secret, info, size)),
    expandToBytes,
    hmac,
  }
}

/** Keeps what was absorbed in a buffer that doubles. */
function transcript(digest: (data: Uint8Array) => Promise<Uint8Array>): HashState {
  let buffer = new Uint8Array(4096)
  let length = 0
  return {
    update: (data) => {
      if (length + data.length > buffer.length) {
        const larger = new Uint8Array(2 * (length + data.length))
        larger.set(buffer.subarray(0, length))
        buffer = larger
      }
      buffer.set(data, length)
      length += data.length
    },
    snapshot: () => digest(buffer.subarray(0, length)),
  }
}
