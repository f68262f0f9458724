/** AEADs of @noble/ciphers. */
import { bytesOf, CryptoError, type Aead, type AeadName, type SyncAeadKey } from '@mortise/crypto'
import { aesCcmKey } from './aesCcm.ts'
import { aesGcmKey } from './aesGcm.ts'
import { chaCha20Poly1305Key } from './chaCha20Poly1305.ts'

/** In order of preference: in JavaScript, ChaCha20-Poly1305 is the fastest, and needs no tables that leak through caches. */
export function nobleAeads(): readonly Aead[] {
  return [
    aead('chacha20-poly1305', 32, 16, chaCha20Poly1305Key),
    aead('aes-128-gcm', 16, 16, aesGcmKey),
    aead('aes-256-gcm', 32, 16, aesGcmKey),
    aead('aes-128-ccm', 16, 16, (key) => aesCcmKey(key, 16)),
    aead('aes-128-ccm-8', 16, 8, (key) => aesCcmKey(key, 8)),
  ]
}

function aead(
  name: AeadName,
  keyLength: number,
  tagLength: number,
  make: (key: Uint8Array) => SyncAeadKey,
): Aead {
  return {
    name,
    keyLength,
    nonceLength: 12,
    tagLength,
    approval: 'not-approved',
    key: (secret) => {
      if (secret.length !== keyLength)
        throw new CryptoError(
          'ERR_CRYPTO_INVALID_KEY',
          `${name}: a key of ${secret.length} bytes, not ${keyLength}`,
        )
      return untilDestroyed(make(bytesOf(secret)))
    },
  }
}

/** A destroyed key is all zeros: nothing may be encrypted with it. */
function untilDestroyed(key: SyncAeadKey): SyncAeadKey {
  let live: SyncAeadKey | undefined = key
  const use = (): SyncAeadKey => {
    if (!live) throw new CryptoError('ERR_CRYPTO_SECRET_DESTROYED', 'the AEAD key was destroyed')
    return live
  }
  return {
    sync: true,
    sealInto: (nonce, associatedData, content, trailer, out, offset) => {
      use().sealInto(nonce, associatedData, content, trailer, out, offset)
    },
    open: (nonce, associatedData, sealed) => use().open(nonce, associatedData, sealed),
    destroy: () => {
      live?.destroy()
      live = undefined
    },
  }
}
