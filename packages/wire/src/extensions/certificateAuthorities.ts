import type { Infer } from '../codec/codec.ts'
import { opaque16 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.4
//   opaque DistinguishedName<1..2^16-1>;
//   struct { DistinguishedName authorities<3..2^16-1>; } CertificateAuthoritiesExtension;
/** `authorities` are DER of X.501 names. */
export const CertificateAuthoritiesExtension = /* @__PURE__ */ struct('CertificateAuthoritiesExtension', {
  authorities: vector16(opaque16(1, 0xffff), 3, 0xffff),
})
export type CertificateAuthoritiesExtension = Infer<typeof CertificateAuthoritiesExtension>

/** RFC 9846 §4.3.4 */
export const certificateAuthorities = /* @__PURE__ */ defineExtension({
  type: ExtensionType.certificate_authorities,
  messages: {
    clientHello: CertificateAuthoritiesExtension,
    certificateRequest: CertificateAuthoritiesExtension,
  },
})
