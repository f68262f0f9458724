/** `#texts` for servers, and wherever the condition `production` is not set: errors are told in words, code points have names. */
import { sentences } from '../errors/sentences.ts'
import type { TlsErrorCode } from '../errors/tlsErrorCode.ts'

export { alertDescriptionName } from '../registry/alertDescription.ts'
export { certificateCompressionAlgorithmName } from '../registry/certificateCompressionAlgorithm.ts'
export { certificateTypeName } from '../registry/certificateType.ts'
export { cipherSuiteName } from '../registry/cipherSuite.ts'
export { extensionTypeName } from '../registry/extensionType.ts'
export { handshakeTypeName } from '../registry/handshakeType.ts'
export { namedGroupName } from '../registry/namedGroup.ts'
export { signatureSchemeName } from '../registry/signatureScheme.ts'

/**
 * Whether errors say in words what was wrong. With the condition `production`, as bundlers set it for pages, this is
 * `false`, and `inWords && '…'` is nothing that a page would have to load: code, alert and blame say the same to programs.
 */
export const inWords: boolean = true

/** What the message of an error begins with. */
export function sentenceOf(code: TlsErrorCode): string {
  return sentences[code]
}
