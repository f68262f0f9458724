/** AEAD keys of both kinds behind one function, so that a case is written once. */
import { plainSecret, type Aead, type AeadKey, type CryptoProvider, type Secret } from '@mortise/crypto'
import { expectTrue } from './checks.ts'

export interface Sealing {
  readonly nonce: Uint8Array
  readonly associatedData: Uint8Array
  readonly content: Uint8Array
  readonly trailer: Uint8Array
}

const guard = 0xa5
const margin = 5

/** Ciphertext and tag; for a synchronous key it also checks that nothing else was written. */
export async function sealWith(key: AeadKey, tagLength: number, sealing: Sealing): Promise<Uint8Array> {
  const { nonce, associatedData, content, trailer } = sealing
  if (!key.sync) return key.seal(nonce, associatedData, content, trailer)
  const length = content.length + trailer.length + tagLength
  const out = new Uint8Array(length + 2 * margin).fill(guard)
  key.sealInto(nonce, associatedData, content, trailer, out, margin)
  const outside = [...out.subarray(0, margin), ...out.subarray(margin + length)]
  expectTrue(
    outside.every((byte) => byte === guard),
    'sealInto wrote outside of its part of the output',
  )
  return out.slice(margin, margin + length)
}

/** A secret that this provider takes, made of bytes. */
export function secretOf(provider: Pick<CryptoProvider, 'hashes'>, bytes: Uint8Array): Secret {
  return provider.hashes[0]?.importSecret(bytes) ?? plainSecret(bytes.slice())
}

export async function aeadKey(
  provider: Pick<CryptoProvider, 'hashes'>,
  aead: Aead,
  bytes: Uint8Array,
): Promise<AeadKey> {
  return aead.key(secretOf(provider, bytes))
}
