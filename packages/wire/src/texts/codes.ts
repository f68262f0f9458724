/** `#texts` with the condition `production`, as bundlers set it for pages: no words, only what programs need. */
import type { TlsErrorCode } from '../errors/tlsErrorCode.ts'

export const inWords: boolean = false

/** What the message of an error begins with. */
export function sentenceOf(code: TlsErrorCode): string {
  return code
}
