import { nameOf, type CodePoint } from './nameOf.ts'

/** RFC 6520 §2. */
export const HeartbeatMode = {
  peer_allowed_to_send: 1,
  peer_not_allowed_to_send: 2,
} as const

export type HeartbeatMode = CodePoint<typeof HeartbeatMode>

/** `peer_allowed_to_send`, or the number in hexadecimal. */
export const heartbeatModeName: (value: number) => string = /* @__PURE__ */ nameOf(HeartbeatMode, 2)
