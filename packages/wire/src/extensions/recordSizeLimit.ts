import type { Infer } from '../codec/codec.ts'
import { uint16 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 8449 §4   uint16 RecordSizeLimit;
/** In bytes, with the content type and padding of TLS 1.3; at least 64 (illegal_parameter otherwise, for the handshake to check). */
export const RecordSizeLimit = /* @__PURE__ */ struct('RecordSizeLimit', { recordSizeLimit: uint16 })
export type RecordSizeLimit = Infer<typeof RecordSizeLimit>

/** RFC 8449 §4 */
export const recordSizeLimit = /* @__PURE__ */ defineExtension({
  type: ExtensionType.record_size_limit,
  messages: { clientHello: RecordSizeLimit, encryptedExtensions: RecordSizeLimit },
})
