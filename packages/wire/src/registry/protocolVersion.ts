import { isGrease } from '../grease.ts'
import * as codes from './protocolVersions.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 9846 §4.3.1, and its predecessors. */
export * as ProtocolVersion from './protocolVersions.ts'

export type ProtocolVersion = CodePoint<typeof codes>

/** `SSL_3_0`, or the number in hexadecimal. */
export const protocolVersionName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 4, isGrease)
