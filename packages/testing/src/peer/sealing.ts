/**
 * The peer's own record protection (RFC 9846 §5.2, §5.3, §7.3), written apart from `@mortise/record`, so that it can
 * write what that never would, and so that one mistake isn't made on both sides.
 */
import { expandLabel, expandLabelToBytes, type AeadKey, type CipherSuite, type Secret } from '@mortise/crypto'
import { concat, ContentType, recordHeaderLength } from '@mortise/wire'

const empty = new Uint8Array(0)
const legacyVersion = 0x0303

/** What may be odd about a record. */
export interface RecordForm {
  /** The header's legacy_record_version. Default: 0x0303. */
  readonly version?: number
  /** The version that the header says after the record was sealed with `version`, so that it does not open. */
  readonly sentVersion?: number
  /** The header's content type, where it isn't what it should be. */
  readonly outerType?: number
  /** Zero bytes of padding in a protected record. Default: none. */
  readonly padding?: number
  /** The header's length, where it isn't what follows. */
  readonly length?: number
  /** The sequence number that a protected record is sealed with, where it isn't the next; that stays as it is. */
  readonly sequenceNumber?: number
}

/** One direction of one epoch; sequence numbers count up by themselves. */
export interface RecordProtection {
  /** A record of this TLSInnerPlaintext, whatever is in it. */
  readonly seal: (inner: Uint8Array, form?: RecordForm) => Promise<Uint8Array>
  /** The TLSInnerPlaintext; `undefined` if it does not decrypt, and then the sequence number stays. */
  readonly open: (record: Uint8Array) => Promise<Uint8Array | undefined>
}

export async function recordProtection(suite: CipherSuite, secret: Secret): Promise<RecordProtection> {
  const { aead, hash } = suite
  const keySecret = await expandLabel(hash, secret, 'key', empty, aead.keyLength)
  const key = await aead.key(keySecret)
  const iv = await expandLabelToBytes(hash, secret, 'iv', empty, aead.nonceLength)
  let sequenceNumber = 0
  return {
    seal: async (inner, { version = legacyVersion, outerType, length, ...form } = {}) => {
      const sealed = inner.length + aead.tagLength
      const header = recordHeader(outerType ?? ContentType.application_data, version, length ?? sealed)
      const nonce = nonceOf(iv, form.sequenceNumber ?? sequenceNumber++)
      const ciphertext = await seal(key, nonce, header, inner, sealed)
      const sent = form.sentVersion === undefined ? [] : [form.sentVersion >> 8, form.sentVersion]
      header.set(sent, 1)
      return concat(header, ciphertext)
    },
    open: async (record) => {
      const header = record.subarray(0, recordHeaderLength)
      const inner = await key.open(nonceOf(iv, sequenceNumber), header, record.subarray(recordHeaderLength))
      if (inner) sequenceNumber++
      return inner
    },
  }
}

/** A record in the clear, whatever is in it. */
export function plaintextRecord(type: number, content: Uint8Array, form: RecordForm = {}): Uint8Array {
  const { version = legacyVersion, outerType = type, length = content.length } = form
  return concat(recordHeader(outerType, version, length), content)
}

/** TLSInnerPlaintext of this content. */
export function innerPlaintext(type: number, content: Uint8Array, padding: number = 0): Uint8Array {
  return concat(content, Uint8Array.of(type), new Uint8Array(padding))
}

function recordHeader(type: number, version: number, length: number): Uint8Array {
  return Uint8Array.of(type, version >> 8, version, length >> 8, length)
}

async function seal(
  key: AeadKey,
  nonce: Uint8Array,
  header: Uint8Array,
  inner: Uint8Array,
  length: number,
): Promise<Uint8Array> {
  if (!key.sync) return key.seal(nonce, header, inner, empty)
  const out = new Uint8Array(length)
  key.sealInto(nonce, header, inner, empty, out, 0)
  return out
}

function nonceOf(iv: Uint8Array, sequenceNumber: number): Uint8Array {
  const nonce = iv.slice()
  const view = new DataView(nonce.buffer)
  const at = nonce.length - 4
  view.setUint32(at, view.getUint32(at) ^ sequenceNumber)
  return nonce
}
