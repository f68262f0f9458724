import { ExtensionType } from '../registry/extensionType.ts'
import { defineExtension } from './definition.ts'
import { SignatureSchemeList } from './signatureAlgorithms.ts'

/** RFC 9846 §4.3.3: what signatures in certificates may be. */
export const signatureAlgorithmsCert = /* @__PURE__ */ defineExtension({
  type: ExtensionType.signature_algorithms_cert,
  messages: { clientHello: SignatureSchemeList, certificateRequest: SignatureSchemeList },
})
