import type { Infer } from '../codec/codec.ts'
import { code16, uint32 } from '../codec/numbers.ts'
import { opaque16, opaque24 } from '../codec/opaque.ts'
import { struct } from '../codec/struct.ts'
import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'
import { SignatureSchemeList } from './signatureAlgorithms.ts'

// RFC 9345 §4
//   struct {
//       uint32 valid_time;
//       SignatureScheme dc_cert_verify_algorithm;
//       opaque ASN1_subjectPublicKeyInfo<1..2^24-1>;
//   } Credential;
/** `validTime` in seconds, from the start of the certificate's own validity. */
export const Credential = /* @__PURE__ */ struct('Credential', {
  validTime: uint32,
  dcCertVerifyAlgorithm: code16('SignatureScheme'),
  subjectPublicKeyInfo: opaque24(1, 0xffffff),
})
export type Credential = Infer<typeof Credential>

// RFC 9345 §4
//   struct {
//       Credential cred;
//       SignatureScheme algorithm;
//       opaque signature<1..2^16-1>;
//   } DelegatedCredential;
export const DelegatedCredential = /* @__PURE__ */ struct('DelegatedCredential', {
  cred: Credential,
  algorithm: code16('SignatureScheme'),
  signature: opaque16(1, 0xffff),
})
export type DelegatedCredential = Infer<typeof DelegatedCredential>

/** RFC 9345 §4.1 */
export const delegatedCredential = /* @__PURE__ */ defineExtension({
  type: ExtensionType.delegated_credential,
  messages: {
    clientHello: SignatureSchemeList,
    certificateRequest: SignatureSchemeList,
    certificate: DelegatedCredential,
  },
})
