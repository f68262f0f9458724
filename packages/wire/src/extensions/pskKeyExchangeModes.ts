import type { Infer } from '../codec/codec.ts'
import { code8 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { vector8 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.9   struct { PskKeyExchangeMode ke_modes<1..255>; } PskKeyExchangeModes;
export const PskKeyExchangeModes = /* @__PURE__ */ struct('PskKeyExchangeModes', {
  keModes: vector8(code8('PskKeyExchangeMode'), 1, 255),
})
export type PskKeyExchangeModes = Infer<typeof PskKeyExchangeModes>

/** RFC 9846 §4.3.9 */
export const pskKeyExchangeModes = /* @__PURE__ */ defineExtension({
  type: ExtensionType.psk_key_exchange_modes,
  messages: { clientHello: PskKeyExchangeModes },
})
