/** ChaCha20-Poly1305 (RFC 8439) of noble. Nothing of it depends on the key alone, so there is nothing to keep but the key. */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import type { SyncAeadKey } from '@mortise/crypto'

/** @param secret 32 bytes; copied */
export function chaCha20Poly1305Key(secret: Uint8Array): SyncAeadKey {
  const key = secret.slice()
  return {
    sync: true,
    sealInto: (nonce, associatedData, content, trailer, out, offset) => {
      const text = new Uint8Array(content.length + trailer.length)
      text.set(content)
      text.set(trailer, content.length)
      out.set(chacha20poly1305(key, nonce, associatedData).encrypt(text), offset)
    },
    open: (nonce, associatedData, sealed) => {
      try {
        return chacha20poly1305(key, nonce, associatedData).decrypt(sealed)
      } catch {
        return undefined // too short, or a bad tag; noble compares it in constant time before it decrypts
      }
    },
    destroy: () => {
      key.fill(0)
    },
  }
}
