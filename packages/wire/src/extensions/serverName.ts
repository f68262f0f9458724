import type { Infer } from '../codec/codec.ts'
import { Empty } from '../codec/empty.ts'
import { code8 } from '../codec/numbers.ts'
import { opaque16 } from '../codec/opaque.ts'
import { struct, variant } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { NameType } from '../registry/nameType.ts'
import { defineExtension } from './definition.ts'

// RFC 6066 §3
//   struct {
//       NameType name_type;
//       select (name_type) {
//           case host_name: HostName;
//       } name;
//   } ServerName;
//   opaque HostName<1..2^16-1>;
//   struct { ServerName server_name_list<1..2^16-1> } ServerNameList;
/** Every type of name begins with a 16-bit length (RFC 6066 §3), so names of unknown types can be skipped. */
export const ServerName = /* @__PURE__ */ variant(
  'ServerName',
  'nameType',
  code8('NameType'),
  { [NameType.host_name]: { name: opaque16(1, 0xffff, 'ascii') } },
  { name: opaque16(0, 0xffff) },
)
export type ServerName = Infer<typeof ServerName>

export const ServerNameList = /* @__PURE__ */ struct('ServerNameList', {
  serverNameList: vector16(ServerName, 1, 0xffff),
})
export type ServerNameList = Infer<typeof ServerNameList>

/** RFC 6066 §3; the server's answer is empty. In CertificateRequest: RFC 9261. */
export const serverName = /* @__PURE__ */ defineExtension({
  type: ExtensionType.server_name,
  messages: { clientHello: ServerNameList, encryptedExtensions: Empty, certificateRequest: ServerNameList },
})
