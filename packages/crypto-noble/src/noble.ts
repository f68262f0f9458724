import { randomBytes } from '@noble/hashes/utils.js'
import type { SigningProvider } from '@mortise/crypto'
import { nobleAeads } from './aead.ts'
import { nobleGroups } from './groups.ts'
import { nobleHash } from './hash.ts'
import { noblePrivateKey } from './privateKey.ts'
import type { Random } from './random.ts'
import { nobleSignatures } from './signatures.ts'

/** What may be chosen. */
export interface NobleOptions {
  /**
   * The source of all randomness: keys, nonces of signatures, salts. `length` is in bytes. By default
   * `crypto.getRandomValues`; needed where there is no such thing.
   */
  readonly random?: Random
}

/** A provider of pure JavaScript, on the noble libraries. Everything it does is synchronous. */
export function noble({ random = randomOfAnyLength }: NobleOptions = {}): SigningProvider {
  return {
    name: 'noble',
    random,
    hashes: (['sha256', 'sha384', 'sha512'] as const).map(nobleHash),
    aeads: nobleAeads(),
    groups: nobleGroups(random),
    signatures: nobleSignatures(),
    importPrivateKey: (key) => noblePrivateKey(key, random),
  }
}

/** noble gives 65,536 bytes at once. */
function randomOfAnyLength(length: number): Uint8Array {
  const atOnce = 65_536
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += atOnce) bytes.set(randomBytes(Math.min(atOnce, length - at)), at)
  return bytes
}
