import type { Infer } from '../codec/codec.ts'
import { rest } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'

// RFC 9846 §4.5.3   struct { opaque verify_data[Hash.length]; } Finished;
/** The hash is the handshake's to know, and so is the check of the length: all of the body is taken. */
export const Finished = /* @__PURE__ */ struct('Finished', { verifyData: rest })
export type Finished = Infer<typeof Finished>
