/** HKDF-Expand-Label and Derive-Secret (RFC 9846 §7.1): the only ways in which TLS 1.3 uses HKDF-Expand. */
import { inWords } from '@mortise/wire'
import type { Hash } from './hash.ts'
import type { MaybePromise } from './provider.ts'
import type { Secret } from './secret.ts'

const prefix = 'tls13 '

/**
 * The HkdfLabel struct.
 * @throws RangeError for a label of more than 249 or a context of more than 255 bytes, or a length of more than 2^16 - 1
 */
export function hkdfLabel(label: string, context: Uint8Array, length: number): Uint8Array {
  const name = prefix + label
  if (name.length > 255 || context.length > 255 || length > 0xffff)
    throw new RangeError(
      inWords
        ? `HkdfLabel: label ${label.length}, context ${context.length} or length ${length} out of bounds`
        : 'HkdfLabel',
    )
  const bytes = new Uint8Array(4 + name.length + context.length)
  bytes[0] = length >> 8
  bytes[1] = length
  bytes[2] = name.length
  for (let i = 0; i < name.length; i++) bytes[3 + i] = name.charCodeAt(i)
  bytes[3 + name.length] = context.length
  bytes.set(context, 4 + name.length)
  return bytes
}

/**
 * HKDF-Expand-Label to a secret that stays with the provider.
 * @param label ASCII, without the prefix `tls13 `
 * @param length in bytes
 */
export function expandLabel(
  hash: Hash,
  secret: Secret,
  label: string,
  context: Uint8Array,
  length: number,
): MaybePromise<Secret> {
  return hash.expand(secret, hkdfLabel(label, context, length), length)
}

/** HKDF-Expand-Label to bytes that leave the provider: IVs, exported keying material, PSKs of tickets. */
export function expandLabelToBytes(
  hash: Hash,
  secret: Secret,
  label: string,
  context: Uint8Array,
  length: number,
): MaybePromise<Uint8Array> {
  return hash.expandToBytes(secret, hkdfLabel(label, context, length), length)
}

/** Derive-Secret, its messages already hashed. */
export function deriveSecret(
  hash: Hash,
  secret: Secret,
  label: string,
  transcriptHash: Uint8Array,
): MaybePromise<Secret> {
  return expandLabel(hash, secret, label, transcriptHash, hash.length)
}
