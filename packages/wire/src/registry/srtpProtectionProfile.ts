import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 5764 §4.1.2, RFC 7714 §14.2. */
export const SrtpProtectionProfile = {
  SRTP_AES128_CM_HMAC_SHA1_80: 0x0001,
  SRTP_AES128_CM_HMAC_SHA1_32: 0x0002,
  SRTP_NULL_HMAC_SHA1_80: 0x0005,
  SRTP_NULL_HMAC_SHA1_32: 0x0006,
  SRTP_AEAD_AES_128_GCM: 0x0007,
  SRTP_AEAD_AES_256_GCM: 0x0008,
} as const

export type SrtpProtectionProfile = CodePoint<typeof SrtpProtectionProfile>

/** `SRTP_AES128_CM_HMAC_SHA1_80`, or the number in hexadecimal. */
export const srtpProtectionProfileName: (value: number) => string = /* @__PURE__ */ nameOf(
  SrtpProtectionProfile,
  4,
)
