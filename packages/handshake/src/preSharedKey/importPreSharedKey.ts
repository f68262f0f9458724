/** Imported PSKs: one external key, made into one for each protocol and hash, so that it is never used for two (RFC 9258). */
import { expandLabelToBytes, type CryptoProvider, type HashName } from '@mortise/crypto'
import { concat, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { hashOf, type ExternalPreSharedKey } from './preSharedKey.ts'

/** An external PSK that is to be imported: ImportedIdentity and its key (RFC 9258 §4.1). */
export interface ImportablePreSharedKey {
  /** external_identity, 1 to 2^16 - 1 bytes. */
  readonly identity: Uint8Array
  readonly key: Uint8Array
  /** The hash of the import's own KDF. Default: sha256 (RFC 9258 §4.1). */
  readonly hash?: HashName
  /** 0 to 2^16 - 1 bytes, agreed with the peer. Default: empty. */
  readonly context?: Uint8Array
}

/** KDF identifiers of RFC 9258 §10. */
const kdfs: Readonly<Partial<Record<HashName, number>>> = { sha256: 0x0001, sha384: 0x0002 }

/**
 * The keys to offer, or to accept, in place of an external one: one for each target hash (RFC 9258 §5.1).
 * @throws TlsError `ERR_TLS_CONFIG` for an identity or context of the wrong length
 */
export async function importPreSharedKey(
  provider: CryptoProvider,
  { identity, key, hash: hashName = 'sha256', context = new Uint8Array(0) }: ImportablePreSharedKey,
): Promise<readonly ExternalPreSharedKey[]> {
  if (identity.length < 1 || identity.length > 0xffff || context.length > 0xffff)
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && 'identity or context of an imported PSK is too short or too long',
    })
  const hash = hashOf(provider, hashName)
  const external = hash.importSecret(key)
  const extracted = await hash.extract(undefined, external)
  external.destroy()
  const imported: ExternalPreSharedKey[] = []
  for (const target of provider.hashes) {
    const kdf = kdfs[target.name]
    if (kdf === undefined) continue
    const importedIdentity = concat(
      uint16(identity.length),
      identity,
      uint16(context.length),
      context,
      uint16(0x0304),
      uint16(kdf),
    )
    const identityHash = await hash.digest(importedIdentity)
    const importedKey = await expandLabelToBytes(hash, extracted, 'derived psk', identityHash, target.length)
    imported.push({ identity: importedIdentity, key: importedKey, hash: target.name, kind: 'imported' })
  }
  extracted.destroy()
  return imported
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff)
}
