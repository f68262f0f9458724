import type { Infer } from '../codec/codec.ts'
import { uint16, uint32 } from '../codec/numbers.ts'
import { opaque16, opaque8 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.11   struct { opaque identity<1..2^16-1>; uint32 obfuscated_ticket_age; } PskIdentity;
export const PskIdentity = /* @__PURE__ */ struct('PskIdentity', {
  identity: opaque16(1, 0xffff),
  obfuscatedTicketAge: uint32,
})
export type PskIdentity = Infer<typeof PskIdentity>

// RFC 9846 §4.3.11
//   opaque PskBinderEntry<32..255>;
//   struct {
//       PskIdentity identities<7..2^16-1>;
//       PskBinderEntry binders<33..2^16-1>;
//   } OfferedPsks;
export const OfferedPsks = /* @__PURE__ */ struct('OfferedPsks', {
  identities: vector16(PskIdentity, 7, 0xffff),
  binders: vector16(opaque8(32, 255), 33, 0xffff),
})
export type OfferedPsks = Infer<typeof OfferedPsks>

// RFC 9846 §4.3.11   case server_hello: uint16 selected_identity;
export const SelectedPsk = /* @__PURE__ */ struct('PreSharedKeyExtension', { selectedIdentity: uint16 })
export type SelectedPsk = Infer<typeof SelectedPsk>

/** RFC 9846 §4.3.11. The last extension of a ClientHello; for its binders see `truncateClientHello`. */
export const preSharedKey = /* @__PURE__ */ defineExtension({
  type: ExtensionType.pre_shared_key,
  messages: { clientHello: OfferedPsks, serverHello: SelectedPsk },
})
