/** Records, for traces and tests; `@mortise/record` has a reader and a writer of its own, made for speed (RFC 9846 §5). */
import { inWords } from '#texts'
import type { Codec, Infer } from '../codec/codec.ts'
import { CodecFailure } from '../codec/failure.ts'
import { code16, code8, uint16 } from '../codec/numbers.ts'
import { opaque16 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'

/** Of the header of a record, in bytes (RFC 9846 §5.1). */
export const recordHeaderLength = 5
/** Of TLSPlaintext.fragment, in bytes: 2^14 (RFC 9846 §5.1). */
export const maxPlaintextLength = 0x4000
/** Of TLSCiphertext.encrypted_record, in bytes: 2^14 + 256 (RFC 9846 §5.2). */
export const maxCiphertextLength = 0x4100

/** The five bytes that begin every record (RFC 9846 §5.1). */
export const RecordHeader = /* @__PURE__ */ struct('RecordHeader', {
  type: code8('ContentType'),
  legacyRecordVersion: code16('ProtocolVersion'),
  length: uint16,
})
export type RecordHeader = Infer<typeof RecordHeader>

// RFC 9846 §5.1
//   struct {
//       ContentType type;
//       ProtocolVersion legacy_record_version;
//       uint16 length;
//       opaque fragment[TLSPlaintext.length];
//   } TLSPlaintext;
export const TLSPlaintext = /* @__PURE__ */ struct('TLSPlaintext', {
  type: code8('ContentType'),
  legacyRecordVersion: code16('ProtocolVersion'),
  fragment: opaque16(0, maxPlaintextLength),
})
export type TLSPlaintext = Infer<typeof TLSPlaintext>

// RFC 9846 §5.2
//   struct {
//       ContentType opaque_type = application_data; /* 23 */
//       ProtocolVersion legacy_record_version = 0x0303; /* TLS v1.2 */
//       uint16 length;
//       opaque encrypted_record[TLSCiphertext.length];
//   } TLSCiphertext;
export const TLSCiphertext = /* @__PURE__ */ struct('TLSCiphertext', {
  opaqueType: code8('ContentType'),
  legacyRecordVersion: code16('ProtocolVersion'),
  encryptedRecord: opaque16(0, maxCiphertextLength),
})
export type TLSCiphertext = Infer<typeof TLSCiphertext>

/** What a protected record holds once it is decrypted (RFC 9846 §5.2). */
export interface TLSInnerPlaintext {
  readonly content: Uint8Array
  /** ContentType; not 0. */
  readonly type: number
  /** Bytes of padding. */
  readonly zeros: number
}

// RFC 9846 §5.2
//   struct {
//       opaque content[TLSPlaintext.length];
//       ContentType type;
//       uint8 zeros[length_of_padding];
//   } TLSInnerPlaintext;
/** Read from behind: the type is the last byte that is not zero (RFC 9846 §5.4). */
export const TLSInnerPlaintext: Codec<TLSInnerPlaintext> = {
  name: 'TLSInnerPlaintext',
  read(reader) {
    const { observer } = reader
    const start = reader.offset
    const all = reader.view(reader.remaining)
    let end = all.length
    while (end > 0 && all[end - 1] === 0) end--
    if (end === 0) throw new CodecFailure(inWords && 'no content type, only zeros')
    const content = all.subarray(0, end - 1)
    const type = all[end - 1] ?? 0
    const zeros = all.length - end
    observer?.part('content', start, content.length, content)
    observer?.part('type', start + content.length, 1, type, 'ContentType')
    observer?.part('zeros', start + end, zeros, `${zeros} bytes`)
    return { content, type, zeros }
  },
  write(writer, { content, type, zeros }) {
    if (type === 0) throw new CodecFailure(inWords && 'content type 0 reads as padding')
    writer.bytes(content)
    writer.uint(1, type)
    writer.bytes(new Uint8Array(zeros))
  },
}
