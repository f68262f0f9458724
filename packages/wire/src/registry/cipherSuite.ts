import { isGrease } from '../grease.ts'
import * as codes from './cipherSuites.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** Cipher suites of TLS 1.3 (RFC 9846 §B.4), and the two signals that look like suites (RFC 5746, RFC 7507). */
export * as CipherSuite from './cipherSuites.ts'

export type CipherSuite = CodePoint<typeof codes>

/** `TLS_AES_128_GCM_SHA256`, or the number in hexadecimal. */
export const cipherSuiteName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 4, isGrease)
