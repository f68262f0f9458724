import type { Infer } from '../codec/codec.ts'
import { code8 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 6520 §2   struct { HeartbeatMode mode; } HeartbeatExtension;
export const HeartbeatExtension = /* @__PURE__ */ struct('HeartbeatExtension', {
  mode: code8('HeartbeatMode'),
})
export type HeartbeatExtension = Infer<typeof HeartbeatExtension>

/** RFC 6520 §2 */
export const heartbeat = /* @__PURE__ */ defineExtension({
  type: ExtensionType.heartbeat,
  messages: { clientHello: HeartbeatExtension, encryptedExtensions: HeartbeatExtension },
})
