import type { Infer } from '../codec/codec.ts'
import { code16 } from '../codec/numbers.ts'
import { struct } from '../codec/struct.ts'
import { vector16 } from '../codec/vector.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'

// RFC 9846 §4.3.3   struct { SignatureScheme supported_signature_algorithms<2..2^16-2>; } SignatureSchemeList;
export const SignatureSchemeList = /* @__PURE__ */ struct('SignatureSchemeList', {
  supportedSignatureAlgorithms: vector16(code16('SignatureScheme'), 2, 0xfffe),
})
export type SignatureSchemeList = Infer<typeof SignatureSchemeList>

/** RFC 9846 §4.3.3: what signatures in CertificateVerify may be, and in certificates if there is no `signatureAlgorithmsCert`. */
export const signatureAlgorithms = /* @__PURE__ */ defineExtension({
  type: ExtensionType.signature_algorithms,
  messages: { clientHello: SignatureSchemeList, certificateRequest: SignatureSchemeList },
})
