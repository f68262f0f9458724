import type { Infer } from '../codec/codec.ts'
import { code16 } from '../codec/numbers.ts'
import { opaque8 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 5764 §4.1.1
//   uint8 SRTPProtectionProfile[2];
//   struct {
//       SRTPProtectionProfiles SRTPProtectionProfiles;
//       opaque srtp_mki<0..255>;
//   } UseSRTPData;
//   SRTPProtectionProfile SRTPProtectionProfiles<2..2^16-1>;
export const UseSRTPData = /* @__PURE__ */ struct('UseSRTPData', {
  srtpProtectionProfiles: vector16(code16('SrtpProtectionProfile'), 2, 0xffff),
  srtpMki: opaque8(0, 255),
})
export type UseSRTPData = Infer<typeof UseSRTPData>

/** RFC 5764 §4.1.1 */
export const useSrtp = /* @__PURE__ */ defineExtension({
  type: ExtensionType.use_srtp,
  messages: { clientHello: UseSRTPData, encryptedExtensions: UseSRTPData },
})
