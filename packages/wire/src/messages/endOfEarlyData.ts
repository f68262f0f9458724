import type { Infer } from '../codec/codec.ts'
import { struct } from '../codec/struct.ts'

// RFC 9846 §4.6   struct {} EndOfEarlyData;
export const EndOfEarlyData = /* @__PURE__ */ struct('EndOfEarlyData', {})
export type EndOfEarlyData = Infer<typeof EndOfEarlyData>
