/** `#texts` with the condition `production`, as bundlers set it for pages: no words, only what programs need. */
import type { TlsErrorCode } from '../errors/faults.ts'
import { hexadecimal } from '../registry/hexadecimal.ts'

/** What the message of an error begins with. */
export function sentenceOf(code: TlsErrorCode): string {
  return code
}

const twoDigits = (value: number): string => hexadecimal(value, 2)
const fourDigits = (value: number): string => hexadecimal(value, 4)

export {
  twoDigits as alertDescriptionName,
  fourDigits as certificateCompressionAlgorithmName,
  twoDigits as certificateTypeName,
  fourDigits as cipherSuiteName,
  fourDigits as extensionTypeName,
  twoDigits as handshakeTypeName,
  fourDigits as namedGroupName,
  fourDigits as signatureSchemeName,
}
