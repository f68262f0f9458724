import type { Infer } from '../codec/codec.ts'
import { code8 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 6066 §4   enum { 2^9(1), 2^10(2), 2^11(3), 2^12(4), (255) } MaxFragmentLength;
export const MaxFragmentLength = /* @__PURE__ */ struct('MaxFragmentLength', {
  maxFragmentLength: code8('MaxFragmentLengthCode'),
})
export type MaxFragmentLength = Infer<typeof MaxFragmentLength>

/** RFC 6066 §4; superseded by `recordSizeLimit`. */
export const maxFragmentLength = /* @__PURE__ */ defineExtension({
  type: ExtensionType.max_fragment_length,
  messages: { clientHello: MaxFragmentLength, encryptedExtensions: MaxFragmentLength },
})
