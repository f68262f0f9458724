/** The code points of `srtpProtectionProfile.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const SRTP_AES128_CM_HMAC_SHA1_80 = 0x0001
export const SRTP_AES128_CM_HMAC_SHA1_32 = 0x0002
export const SRTP_NULL_HMAC_SHA1_80 = 0x0005
export const SRTP_NULL_HMAC_SHA1_32 = 0x0006
export const SRTP_AEAD_AES_128_GCM = 0x0007
export const SRTP_AEAD_AES_256_GCM = 0x0008
