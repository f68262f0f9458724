import type { Infer } from '../codec/codec.ts'
import { code16 } from '../codec/numbers.ts'
import { opaque, opaque8 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { helloExtensionList } from '../extensions/Extension.ts'

// RFC 9846 §4.2.2
//   struct {
//       ProtocolVersion legacy_version = 0x0303;    /* TLS v1.2 */
//       Random random;
//       opaque legacy_session_id<0..32>;
//       CipherSuite cipher_suites<2..2^16-2>;
//       opaque legacy_compression_methods<1..2^8-1>;
//       Extension extensions<7..2^16-1>;
//   } ClientHello;
export const ClientHello = /* @__PURE__ */ struct('ClientHello', {
  legacyVersion: code16('ProtocolVersion'),
  random: opaque(32),
  legacySessionId: opaque8(0, 32),
  cipherSuites: vector16(code16('CipherSuite'), 2, 0xfffe),
  legacyCompressionMethods: opaque8(1, 0xff),
  extensions: helloExtensionList('clientHello', 7),
})
export type ClientHello = Infer<typeof ClientHello>
