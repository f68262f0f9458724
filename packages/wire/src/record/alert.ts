import type { Infer } from '../codec/codec.ts'
import { code8 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'

// RFC 9846 §6   struct { AlertLevel level; AlertDescription description; } Alert;
export const Alert = /* @__PURE__ */ struct('Alert', {
  level: code8('AlertLevel'),
  description: code8('AlertDescription'),
})
export type Alert = Infer<typeof Alert>
