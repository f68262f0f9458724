import type { Infer } from '../codec/codec.ts'
import { struct } from '../codec/struct.ts'
import { extensionList } from '../extensions/Extension.ts'

// RFC 9846 §4.4.1   struct { Extension extensions<0..2^16-1>; } EncryptedExtensions;
export const EncryptedExtensions = /* @__PURE__ */ struct('EncryptedExtensions', {
  extensions: extensionList('encryptedExtensions', 0, 0xffff),
})
export type EncryptedExtensions = Infer<typeof EncryptedExtensions>
