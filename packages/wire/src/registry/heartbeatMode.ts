import * as codes from './heartbeatModes.ts'
import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 6520 §2. */
export * as HeartbeatMode from './heartbeatModes.ts'

export type HeartbeatMode = CodePoint<typeof codes>

/** `peer_allowed_to_send`, or the number in hexadecimal. */
export const heartbeatModeName: (value: number) => string = /* @__PURE__ */ nameOf(codes, 2)
