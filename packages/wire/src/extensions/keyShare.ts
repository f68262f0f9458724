import type { Infer } from '../codec/codec.ts'
import { code16 } from '../codec/numbers.ts'
import { opaque16 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.8   struct { NamedGroup group; opaque key_exchange<1..2^16-1>; } KeyShareEntry;
export const KeyShareEntry = /* @__PURE__ */ struct('KeyShareEntry', {
  group: code16('NamedGroup'),
  keyExchange: opaque16(1, 0xffff),
})
export type KeyShareEntry = Infer<typeof KeyShareEntry>

// RFC 9846 §4.3.8   struct { KeyShareEntry client_shares<0..2^16-1>; } KeyShareClientHello;
export const KeyShareClientHello = /* @__PURE__ */ struct('KeyShareClientHello', {
  clientShares: vector16(KeyShareEntry, 0, 0xffff),
})
export type KeyShareClientHello = Infer<typeof KeyShareClientHello>

// RFC 9846 §4.3.8   struct { NamedGroup selected_group; } KeyShareHelloRetryRequest;
export const KeyShareHelloRetryRequest = /* @__PURE__ */ struct('KeyShareHelloRetryRequest', {
  selectedGroup: code16('NamedGroup'),
})
export type KeyShareHelloRetryRequest = Infer<typeof KeyShareHelloRetryRequest>

// RFC 9846 §4.3.8   struct { KeyShareEntry server_share; } KeyShareServerHello;
export const KeyShareServerHello = /* @__PURE__ */ struct('KeyShareServerHello', {
  serverShare: KeyShareEntry,
})
export type KeyShareServerHello = Infer<typeof KeyShareServerHello>

/** RFC 9846 §4.3.8 */
export const keyShare = /* @__PURE__ */ defineExtension({
  type: ExtensionType.key_share,
  messages: {
    clientHello: KeyShareClientHello,
    serverHello: KeyShareServerHello,
    helloRetryRequest: KeyShareHelloRetryRequest,
  },
})
