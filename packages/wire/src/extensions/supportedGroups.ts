import type { Infer } from '../codec/codec.ts'
import { code16 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.7   struct { NamedGroup named_group_list<2..2^16-1>; } NamedGroupList;
export const NamedGroupList = /* @__PURE__ */ struct('NamedGroupList', {
  namedGroupList: vector16(code16('NamedGroup'), 2, 0xffff),
})
export type NamedGroupList = Infer<typeof NamedGroupList>

/** RFC 9846 §4.3.7 */
export const supportedGroups = /* @__PURE__ */ defineExtension({
  type: ExtensionType.supported_groups,
  messages: { clientHello: NamedGroupList, encryptedExtensions: NamedGroupList },
})
