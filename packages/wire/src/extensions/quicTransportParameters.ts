import type { Infer } from '../codec/codec.ts'
import { rest } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

/** RFC 9001 §8.2: QUIC's to define and to parse. */
export const QuicTransportParameters = /* @__PURE__ */ struct('TransportParameters', {
  transportParameters: rest,
})
export type QuicTransportParameters = Infer<typeof QuicTransportParameters>

/** RFC 9001 §8.2 */
export const quicTransportParameters = /* @__PURE__ */ defineExtension({
  type: ExtensionType.quic_transport_parameters,
  messages: { clientHello: QuicTransportParameters, encryptedExtensions: QuicTransportParameters },
})
