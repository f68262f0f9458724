import type { Infer } from '../codec/codec.ts'
import { opaque8 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 7301 §3.1
//   opaque ProtocolName<1..2^8-1>;
//   struct { ProtocolName protocol_name_list<2..2^16-1> } ProtocolNameList;
export const ProtocolNameList = /* @__PURE__ */ struct('ProtocolNameList', {
  protocolNameList: vector16(opaque8(1, 0xff, 'ascii'), 2, 0xffff),
})
export type ProtocolNameList = Infer<typeof ProtocolNameList>

/** RFC 7301 §3.1. The server's list has exactly one name; that is for the handshake to check. */
export const applicationLayerProtocolNegotiation = /* @__PURE__ */ defineExtension({
  type: ExtensionType.application_layer_protocol_negotiation,
  messages: { clientHello: ProtocolNameList, encryptedExtensions: ProtocolNameList },
})
