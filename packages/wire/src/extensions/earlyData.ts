import type { Infer } from '../codec/codec.ts'
import { Empty } from '../codec/empty.ts'
import { uint32 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.10
//   struct {
//       select (Handshake.msg_type) {
//           case new_session_ticket:   uint32 max_early_data_size;
//           case client_hello:         Empty;
//           case encrypted_extensions: Empty;
//       };
//   } EarlyDataIndication;
/** What a ticket allows: `maxEarlyDataSize` in bytes (RFC 9846 §4.7.1). */
export const EarlyDataLimit = /* @__PURE__ */ struct('EarlyDataIndication', { maxEarlyDataSize: uint32 })
export type EarlyDataLimit = Infer<typeof EarlyDataLimit>

/** RFC 9846 §4.3.10 */
export const earlyData = /* @__PURE__ */ defineExtension({
  type: ExtensionType.early_data,
  messages: { clientHello: Empty, encryptedExtensions: Empty, newSessionTicket: EarlyDataLimit },
})
