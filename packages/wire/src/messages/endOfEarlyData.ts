import type { Codec } from '../codec/codec.ts'
import type { Empty } from '../codec/empty.ts'
import { struct } from '../codec/struct.ts'

// RFC 9846 §4.6   struct {} EndOfEarlyData;
export const EndOfEarlyData: Codec<EndOfEarlyData> = /* @__PURE__ */ struct('EndOfEarlyData', {})
export type EndOfEarlyData = Empty
