import { isGrease } from '../grease.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.3.1, and its predecessors. */
export const ProtocolVersion = {
  SSL_3_0: 0x0300,
  TLS_1_0: 0x0301,
  TLS_1_1: 0x0302,
  TLS_1_2: 0x0303,
  TLS_1_3: 0x0304,
} as const

export type ProtocolVersion = CodePoint<typeof ProtocolVersion>

/** `SSL_3_0`, or the number in hexadecimal. */
export const protocolVersionName: (value: number) => string = /* @__PURE__ */ nameOf(
  ProtocolVersion,
  4,
  isGrease,
)
