/** `#texts` wherever the condition `production` is not set: messages are sentences, code points have names. */
import type { TlsErrorCode } from '../errors/faults.ts'
import { sentences } from '../errors/sentences.ts'

export { alertDescriptionName } from '../registry/alertDescription.ts'
export { certificateCompressionAlgorithmName } from '../registry/certificateCompressionAlgorithm.ts'
export { certificateTypeName } from '../registry/certificateType.ts'
export { cipherSuiteName } from '../registry/cipherSuite.ts'
export { extensionTypeName } from '../registry/extensionType.ts'
export { handshakeTypeName } from '../registry/handshakeType.ts'
export { namedGroupName } from '../registry/namedGroup.ts'
export { signatureSchemeName } from '../registry/signatureScheme.ts'

/** What the message of an error begins with. */
export function sentenceOf(code: TlsErrorCode): string {
  return sentences[code]
}
