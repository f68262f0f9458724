/**
 * AES-GCM (NIST SP 800-38D) of noble's AES, with all that depends on the key alone made once: round keys and the
 * table of GHASH. noble's own `gcm` makes them for each message.
 */
import { unsafe } from '@noble/ciphers/aes.js'
import { constantTimeEqual, type SyncAeadKey } from '@mortise/crypto'
import { absorb, ghashTable } from './ghash.ts'

const tagLength = 16
const zeroBlock = /* @__PURE__ */ new Uint8Array(16)

/** @param key 16 or 32 bytes; not kept */
export function aesGcmKey(key: Uint8Array): SyncAeadKey {
  const roundKeys = unsafe.expandKeyLE(key)
  const table = ghashTable(unsafe.ctr32(roundKeys, false, new Uint8Array(16), zeroBlock))
  const counter = new Uint8Array(16)
  const state = new Int32Array(4)
  const tag = new Uint8Array(state.buffer)
  const lengths = new Int32Array(4)
  const lengthBytes = new DataView(lengths.buffer)
  let work = new Uint8Array(0)

  /** Sets the counter to that of the first block of text, and gives what masks the tag. */
  const start = (nonce: Uint8Array): Uint8Array => {
    counter.set(nonce)
    counter.set([0, 0, 0, 1], 12)
    return unsafe.ctr32(roundKeys, false, counter, zeroBlock)
  }

  /** Leaves the tag in `tag`. `text` is in a buffer of whole blocks, zero after its end. */
  const authenticate = (
    mask: Uint8Array,
    associatedData: Uint8Array,
    text: Uint8Array,
    length: number,
  ): void => {
    state.fill(0)
    absorb(table, state, wholeBlocks(padded(associatedData), associatedData.length))
    absorb(table, state, wholeBlocks(text, length))
    lengthBytes.setBigUint64(0, BigInt(associatedData.length) * 8n)
    lengthBytes.setBigUint64(8, BigInt(length) * 8n)
    absorb(table, state, lengths)
    for (let i = 0; i < tagLength; i++) tag[i] = (tag[i] as number) ^ (mask[i] as number)
  }

  return {
    sync: true,
    sealInto: (nonce, associatedData, content, trailer, out, offset) => {
      const length = content.length + trailer.length
      // noble's counter mode works on aligned words; where the record layer writes to is seldom aligned
      if (work.length < length) work = new Uint8Array(roundUp(length))
      work.set(content)
      work.set(trailer, content.length)
      work.fill(0, length, roundUp(length))
      const text = work.subarray(0, length)
      const mask = start(nonce)
      unsafe.ctr32(roundKeys, false, counter, text, text)
      authenticate(mask, associatedData, work, length)
      out.set(text, offset)
      out.set(tag, offset + length)
    },
    open: (nonce, associatedData, sealed) => {
      const length = sealed.length - tagLength
      if (length < 0) return undefined
      const text = new Uint8Array(roundUp(length))
      text.set(sealed.subarray(0, length))
      const mask = start(nonce)
      authenticate(mask, associatedData, text, length)
      if (!constantTimeEqual(tag, sealed.subarray(length))) return undefined
      const plaintext = text.subarray(0, length)
      return unsafe.ctr32(roundKeys, false, counter, plaintext, plaintext)
    },
    destroy: () => {
      for (const array of [roundKeys, table, counter, state, work]) array.fill(0)
    },
  }
}

function roundUp(length: number): number {
  return (length + 15) & ~15
}

function padded(bytes: Uint8Array): Uint8Array {
  const blocks = new Uint8Array(roundUp(bytes.length))
  blocks.set(bytes)
  return blocks
}

function wholeBlocks(bytes: Uint8Array, length: number): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, roundUp(length) / 4)
}
