import { isGrease } from '../grease.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** Cipher suites of TLS 1.3 (RFC 9846 §B.4), and the two signals that look like suites (RFC 5746, RFC 7507). */
export const CipherSuite = {
  TLS_AES_128_GCM_SHA256: 0x1301,
  TLS_AES_256_GCM_SHA384: 0x1302,
  TLS_CHACHA20_POLY1305_SHA256: 0x1303,
  TLS_AES_128_CCM_SHA256: 0x1304,
  TLS_AES_128_CCM_8_SHA256: 0x1305,
  TLS_EMPTY_RENEGOTIATION_INFO_SCSV: 0x00ff,
  TLS_FALLBACK_SCSV: 0x5600,
} as const

export type CipherSuite = CodePoint<typeof CipherSuite>

/** `TLS_AES_128_GCM_SHA256`, or the number in hexadecimal. */
export const cipherSuiteName: (value: number) => string = /* @__PURE__ */ nameOf(CipherSuite, 4, isGrease)
