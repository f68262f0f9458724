import type { Infer } from './codec.ts'
import { struct } from './struct.ts'

// RFC 9846 §4.3.10   struct {} Empty;
export const Empty = /* @__PURE__ */ struct('Empty', {})
export type Empty = Infer<typeof Empty>
