/** The code points of `protocolVersion.ts`, a constant each, so that a bundler puts in the number and leaves out the name. */

export const SSL_3_0 = 0x0300
export const TLS_1_0 = 0x0301
export const TLS_1_1 = 0x0302
export const TLS_1_2 = 0x0303
export const TLS_1_3 = 0x0304
