import { Empty } from '../codec/empty.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.6   struct {} PostHandshakeAuth;
/** RFC 9846 §4.3.6 */
export const postHandshakeAuth = /* @__PURE__ */ defineExtension({
  type: ExtensionType.post_handshake_auth,
  messages: { clientHello: Empty },
})
