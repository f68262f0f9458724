/** Pre-shared keys: sessions of earlier connections, and keys agreed elsewhere (RFC 9846 §4.3.11, RFC 9258). */
import type { CryptoProvider, Hash, HashName } from '@mortise/crypto'
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { finishedMac, startPreSharedKeySchedule, type PreSharedKeyStage } from '../keySchedule.ts'

/** Each kind has its own binder label, so that one can't be taken for another (RFC 9846 §7.1, RFC 9258 §5.2). */
export type PreSharedKeyKind = 'resumption' | 'external' | 'imported'

const binderLabels = { resumption: 'res binder', external: 'ext binder', imported: 'imp binder' } as const

/** A key agreed outside TLS. */
export interface ExternalPreSharedKey {
  /** 1 to 2^16 - 1 bytes. */
  readonly identity: Uint8Array
  /** The key: at least 16 bytes of real entropy; a password is no key. */
  readonly key: Uint8Array
  /** The hash it is bound to. Default: sha256 (RFC 9846 §4.3.11). */
  readonly hash?: HashName
  /** `imported` for keys that `importPreSharedKey` made. Default: `external`. */
  readonly kind?: 'external' | 'imported'
}

/** A pre-shared key at work in a handshake. */
export interface PreSharedKey {
  readonly kind: PreSharedKeyKind
  readonly identity: Uint8Array
  readonly hash: Hash
  readonly key: Uint8Array
}

export function hashOf(provider: CryptoProvider, name: HashName): Hash {
  const hash = provider.hashes.find((item) => item.name === name)
  if (!hash) throw new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && `the provider has no ${name}` })
  return hash
}

export async function earlyStage({ hash, key }: PreSharedKey): Promise<PreSharedKeyStage> {
  const secret = hash.importSecret(key)
  const stage = await startPreSharedKeySchedule(hash, secret)
  secret.destroy()
  return stage
}

/**
 * A binder (RFC 9846 §4.3.11.2).
 * @param transcriptHash of everything up to and without the binders of the ClientHello
 */
export async function binder(
  psk: PreSharedKey,
  stage: PreSharedKeyStage,
  transcriptHash: Uint8Array,
): Promise<Uint8Array> {
  const key = await stage.binderKey(binderLabels[psk.kind])
  const value = await finishedMac(psk.hash, key, transcriptHash)
  key.destroy()
  return value
}
