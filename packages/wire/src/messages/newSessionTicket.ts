import type { Infer } from '../codec/codec.ts'
import { uint32 } from '../codec/numbers.ts'
import { opaque16, opaque8 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { extensionList } from '../extensions/Extension.ts'

// RFC 9846 §4.7.1
//   struct {
//       uint32 ticket_lifetime;
//       uint32 ticket_age_add;
//       opaque ticket_nonce<0..255>;
//       opaque ticket<1..2^16-1>;
//       Extension extensions<0..2^16-1>;
//   } NewSessionTicket;
/** `ticketLifetime` in seconds, `ticketAgeAdd` in milliseconds. */
export const NewSessionTicket = /* @__PURE__ */ struct('NewSessionTicket', {
  ticketLifetime: uint32,
  ticketAgeAdd: uint32,
  ticketNonce: opaque8(0, 255),
  ticket: opaque16(1, 0xffff),
  extensions: extensionList('newSessionTicket', 0, 0xffff),
})
export type NewSessionTicket = Infer<typeof NewSessionTicket>
