import type { Infer } from '../codec/codec.ts'
import { code8 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'

// RFC 9846 §4.7.3   struct { KeyUpdateRequest request_update; } KeyUpdate;
/** Another value than the two of KeyUpdateRequest is illegal_parameter, for the handshake to check. */
export const KeyUpdate = /* @__PURE__ */ struct('KeyUpdate', { requestUpdate: code8('KeyUpdateRequest') })
export type KeyUpdate = Infer<typeof KeyUpdate>
