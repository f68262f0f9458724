import type { Codec } from './codec.ts'
import { struct } from './struct.ts'

/** Of no bytes: `{}`. */
export type Empty = Readonly<Record<string, never>>

// RFC 9846 §4.3.10   struct {} Empty;
export const Empty: Codec<Empty> = /* @__PURE__ */ struct('Empty', {})
