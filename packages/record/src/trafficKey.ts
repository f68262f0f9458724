/**
 * A traffic key: AEAD key and IV of one direction of one epoch, derived of its traffic secret (RFC 9846 §7.3).
 * The traffic secret stays with whoever gave it, who also destroys it.
 */
import {
  expandLabel,
  expandLabelToBytes,
  type Aead,
  type AeadKey,
  type AsyncAeadKey,
  type Hash,
  type MaybePromise,
  type Secret,
  type SyncAeadKey,
} from '@mortise/crypto'
import { inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { maxSequenceNumber } from './limits.ts'

/** What keys and IV of one direction of one epoch are derived of (RFC 9846 §7.3). */
export interface RecordKeys {
  readonly aead: Aead
  readonly hash: Hash
  /** Only read while `install` is at work: the record layer neither keeps nor destroys it. */
  readonly trafficSecret: Secret
}

export interface TrafficKey<Key extends AeadKey = AeadKey> {
  readonly aead: Aead
  readonly key: Key
  /**
   * The nonce of a record (RFC 9846 §5.3): always the same array, so it is good until the next call.
   * @throws TlsError `ERR_TLS_KEY_EXHAUSTED` instead of wrapping
   */
  readonly nonce: (sequenceNumber: number) => Uint8Array
  /** Overwrites what can be overwritten. Idempotent. */
  readonly destroy: () => void
}

export function deriveTrafficKey(keys: RecordKeys): MaybePromise<TrafficKey> {
  const { aead, hash, trafficSecret } = keys
  const secret = expandLabel(hash, trafficSecret, 'key', noContext, aead.keyLength)
  const iv = expandLabelToBytes(hash, trafficSecret, 'iv', noContext, aead.nonceLength)
  if (secret instanceof Promise || iv instanceof Promise) return deriveLater(aead, secret, iv)
  const key = aead.key(secret)
  return key instanceof Promise ? deriveLater(aead, secret, iv, key) : trafficKey(aead, secret, key, iv)
}

async function deriveLater(
  aead: Aead,
  secret: MaybePromise<Secret>,
  iv: MaybePromise<Uint8Array>,
  key?: Promise<AeadKey>,
): Promise<TrafficKey> {
  const [keySecret, ivBytes] = await Promise.all([secret, iv])
  return trafficKey(aead, keySecret, await (key ?? aead.key(keySecret)), ivBytes)
}

export function isSyncKey(traffic: TrafficKey): traffic is TrafficKey<SyncAeadKey> {
  return traffic.key.sync
}

export function isAsyncKey(traffic: TrafficKey): traffic is TrafficKey<AsyncAeadKey> {
  return !traffic.key.sync
}

/** The secret lives as long as the key: a provider may have kept a view of it. */
function trafficKey(aead: Aead, secret: Secret, key: AeadKey, iv: Uint8Array): TrafficKey {
  const nonce = new Uint8Array(iv)
  const ivView = new DataView(iv.buffer, iv.byteOffset + iv.length - 8, 8)
  const nonceView = new DataView(nonce.buffer, nonce.length - 8, 8)
  const ivHigh = ivView.getUint32(0)
  const ivLow = ivView.getUint32(4)
  let destroyed = false
  return {
    aead,
    key,
    nonce(sequenceNumber) {
      if (sequenceNumber >= maxSequenceNumber)
        throw new TlsError(faults.ERR_TLS_KEY_EXHAUSTED, {
          detail: inWords && 'sequence numbers must not wrap',
        })
      nonceView.setUint32(0, ivHigh ^ Math.floor(sequenceNumber / 2 ** 32))
      nonceView.setUint32(4, ivLow ^ (sequenceNumber >>> 0))
      return nonce
    },
    destroy() {
      if (destroyed) return
      destroyed = true
      key.destroy()
      secret.destroy()
      iv.fill(0)
      nonce.fill(0)
    },
  }
}

const noContext = new Uint8Array(0)
