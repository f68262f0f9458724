import type { Infer } from '../codec/codec.ts'
import { code16 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { vector8 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.1   case client_hello: ProtocolVersion versions<2..254>;
export const OfferedVersions = /* @__PURE__ */ struct('SupportedVersions', {
  versions: vector8(code16('ProtocolVersion'), 2, 254),
})
export type OfferedVersions = Infer<typeof OfferedVersions>

// RFC 9846 §4.3.1   case server_hello: /* and HelloRetryRequest */ ProtocolVersion selected_version;
export const SelectedVersion = /* @__PURE__ */ struct('SupportedVersions', {
  selectedVersion: code16('ProtocolVersion'),
})
export type SelectedVersion = Infer<typeof SelectedVersion>

/** RFC 9846 §4.3.1 */
export const supportedVersions = /* @__PURE__ */ defineExtension({
  type: ExtensionType.supported_versions,
  messages: {
    clientHello: OfferedVersions,
    serverHello: SelectedVersion,
    helloRetryRequest: SelectedVersion,
  },
})
