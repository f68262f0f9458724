/** `#texts` wherever the condition `production` is not set: messages are sentences. */
import type { TlsErrorCode } from '../errors/faults.ts'
import { sentences } from '../errors/sentences.ts'

/** What the message of an error begins with. */
export function sentenceOf(code: TlsErrorCode): string {
  return sentences[code]
}
