import * as codes from './srtpProtectionProfiles.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 5764 §4.1.2, RFC 7714 §14.2. */
export * as SrtpProtectionProfile from './srtpProtectionProfiles.ts'

export type SrtpProtectionProfile = CodePoint<typeof codes>

/** `SRTP_AES128_CM_HMAC_SHA1_80`, or the number in hexadecimal. */
export const srtpProtectionProfileName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 4)
