import type { Infer } from '../codec/codec.ts'
import { opaque16, opaque8 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.5
//   struct {
//       opaque certificate_extension_oid<1..2^8-1>;
//       opaque certificate_extension_values<0..2^16-1>;
//   } OIDFilter;
/** Both are DER. */
export const OIDFilter = /* @__PURE__ */ struct('OIDFilter', {
  certificateExtensionOid: opaque8(1, 0xff),
  certificateExtensionValues: opaque16(0, 0xffff),
})
export type OIDFilter = Infer<typeof OIDFilter>

// RFC 9846 §4.3.5   struct { OIDFilter filters<0..2^16-1>; } OIDFilterExtension;
export const OIDFilterExtension = /* @__PURE__ */ struct('OIDFilterExtension', {
  filters: vector16(OIDFilter, 0, 0xffff),
})
export type OIDFilterExtension = Infer<typeof OIDFilterExtension>

/** RFC 9846 §4.3.5 */
export const oidFilters = /* @__PURE__ */ defineExtension({
  type: ExtensionType.oid_filters,
  messages: { certificateRequest: OIDFilterExtension },
})
