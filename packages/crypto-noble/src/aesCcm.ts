/**
 * AES-CCM (NIST SP 800-38C, RFC 3610) with 12-byte nonces, composed of noble's AES: counter mode, and CBC-MAC
 * over the plaintext.
 */
import { unsafe } from '@noble/ciphers/aes.js'
import { constantTimeEqual, type SyncAeadKey } from '@mortise/crypto'

/** A 12-byte nonce leaves 3 bytes for the length of the text. */
const maxLength = 0xffffff
/** Beyond, the length of the associated data has a longer form, which no protocol of this house needs. */
const maxAssociatedData = 0xfeff

/**
 * @param key 16 bytes; not kept
 * @param tagLength 16, or 8 for CCM_8
 */
export function aesCcmKey(key: Uint8Array, tagLength: number): SyncAeadKey {
  const roundKeys = unsafe.expandKeyLE(key)

  /** The MAC of the plaintext, not yet encrypted; `tagLength` bytes. */
  const authenticate = (nonce: Uint8Array, associatedData: Uint8Array, text: Uint8Array): Uint8Array => {
    if (text.length > maxLength || associatedData.length > maxAssociatedData)
      throw new RangeError(
        `AES-CCM: ${text.length} bytes of text, ${associatedData.length} of associated data`,
      )
    const mac = new Uint8Array(16)
    mac[0] = (associatedData.length > 0 ? 0x40 : 0) | (((tagLength - 2) / 2) << 3) | 2
    mac.set(nonce, 1)
    mac.set([text.length >> 16, text.length >> 8, text.length], 13)
    unsafe.encryptBlock(roundKeys, mac)
    if (associatedData.length > 0) {
      const prefixed = new Uint8Array(2 + associatedData.length)
      prefixed.set([associatedData.length >> 8, associatedData.length])
      prefixed.set(associatedData, 2)
      absorb(roundKeys, mac, prefixed)
    }
    absorb(roundKeys, mac, text)
    return mac.subarray(0, tagLength)
  }

  /** Masks the MAC, and en- or decrypts `text` in place. */
  const crypt = (nonce: Uint8Array, mac: Uint8Array, text: Uint8Array): void => {
    const counter = new Uint8Array(16)
    counter[0] = 2
    counter.set(nonce, 1)
    const mask = unsafe.ctr32(roundKeys, false, counter, new Uint8Array(16))
    for (let i = 0; i < tagLength; i++) mac[i] = (mac[i] as number) ^ (mask[i] as number)
    unsafe.ctr32(roundKeys, false, counter, text, text)
  }

  return {
    sync: true,
    sealInto: (nonce, associatedData, content, trailer, out, offset) => {
      const text = new Uint8Array(content.length + trailer.length)
      text.set(content)
      text.set(trailer, content.length)
      const mac = authenticate(nonce, associatedData, text)
      crypt(nonce, mac, text)
      out.set(text, offset)
      out.set(mac, offset + text.length)
    },
    open: (nonce, associatedData, sealed) => {
      const length = sealed.length - tagLength
      if (length < 0) return undefined
      // The MAC is of the plaintext, so it must be decrypted before it can be believed
      const text = sealed.slice(0, length)
      const received = sealed.slice(length)
      crypt(nonce, received, text)
      if (constantTimeEqual(received, authenticate(nonce, associatedData, text))) return text
      text.fill(0)
      return undefined
    },
    destroy: () => {
      roundKeys.fill(0)
    },
  }
}

/** CBC-MAC, the last block padded with zeros. */
function absorb(roundKeys: Uint32Array, mac: Uint8Array, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += 16) {
    const end = Math.min(16, bytes.length - at)
    for (let i = 0; i < end; i++) mac[i] = (mac[i] as number) ^ (bytes[at + i] as number)
    unsafe.encryptBlock(roundKeys, mac)
  }
}
