import type { Infer } from '../codec/codec.ts'
import { rest } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'

/** RFC 9846 §4.1: what stands for the first ClientHello in the transcript after a HelloRetryRequest. Never on the wire. */
export const MessageHash = /* @__PURE__ */ struct('MessageHash', { hash: rest })
export type MessageHash = Infer<typeof MessageHash>
