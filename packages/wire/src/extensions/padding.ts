import type { Infer } from '../codec/codec.ts'
import { rest } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

/** RFC 7685 §3: zero bytes, any number of them. */
export const Padding = /* @__PURE__ */ struct('Padding', { padding: rest })
export type Padding = Infer<typeof Padding>

/** RFC 7685 §3 */
export const padding = /* @__PURE__ */ defineExtension({
  type: ExtensionType.padding,
  messages: { clientHello: Padding },
})
