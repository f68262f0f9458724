import type { Infer } from '../codec/codec.ts'
import { uint8 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9149 §2
//   struct {
//       select (Handshake.msg_type) {
//           case client_hello:
//               uint8 new_session_count;
//               uint8 resumption_count;
//           case encrypted_extensions:
//               uint8 expected_count;
//       };
//   } TicketRequestContents;
/** How many tickets the client wants: after a full handshake, after a resumed one. */
export const TicketRequest = /* @__PURE__ */ struct('TicketRequestContents', {
  newSessionCount: uint8,
  resumptionCount: uint8,
})
export type TicketRequest = Infer<typeof TicketRequest>

/** How many tickets the server is going to send. */
export const ExpectedTickets = /* @__PURE__ */ struct('TicketRequestContents', { expectedCount: uint8 })
export type ExpectedTickets = Infer<typeof ExpectedTickets>

/** RFC 9149 §2 */
export const ticketRequest = /* @__PURE__ */ defineExtension({
  type: ExtensionType.ticket_request,
  messages: { clientHello: TicketRequest, encryptedExtensions: ExpectedTickets },
})
