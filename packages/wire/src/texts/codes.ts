/**
 * `#texts` with the condition `production`, as bundlers set it for pages: no words, only what programs need. It imports
 * nothing, or esbuild would not see through `inWords`.
 */
import type { TlsErrorCode } from '../errors/tlsErrorCode.ts'

export const inWords: boolean = false

/** What the message of an error begins with. */
export function sentenceOf(code: TlsErrorCode): string {
  return code
}

/** No registry is named here, so that no bundler has a reason to keep one: the details that call this are not told. */
const unnamed = (value: number): string => String(value)

export {
  unnamed as alertDescriptionName,
  unnamed as certificateCompressionAlgorithmName,
  unnamed as certificateTypeName,
  unnamed as cipherSuiteName,
  unnamed as extensionTypeName,
  unnamed as handshakeTypeName,
  unnamed as namedGroupName,
  unnamed as signatureSchemeName,
}
