import type { Infer } from '../codec/codec.ts'
import { opaque16 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.2   struct { opaque cookie<1..2^16-1>; } Cookie;
export const Cookie = /* @__PURE__ */ struct('Cookie', { cookie: opaque16(1, 0xffff) })
export type Cookie = Infer<typeof Cookie>

/** RFC 9846 §4.3.2. The one extension that a HelloRetryRequest may bring unasked. */
export const cookie = /* @__PURE__ */ defineExtension({
  type: ExtensionType.cookie,
  messages: { clientHello: Cookie, helloRetryRequest: Cookie },
})
