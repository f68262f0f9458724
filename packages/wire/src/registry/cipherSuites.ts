/** The code points of `cipherSuite.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const TLS_AES_128_GCM_SHA256 = 0x1301
export const TLS_AES_256_GCM_SHA384 = 0x1302
export const TLS_CHACHA20_POLY1305_SHA256 = 0x1303
export const TLS_AES_128_CCM_SHA256 = 0x1304
export const TLS_AES_128_CCM_8_SHA256 = 0x1305
export const TLS_EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff
export const TLS_FALLBACK_SCSV = 0x5600
