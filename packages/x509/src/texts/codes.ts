/** `#texts` with the condition `production`, as bundlers set it for pages: no words, only what programs need. */
import type { X509Reason } from '../reasons.ts'

/** What a message says of a certificate, or begins with. */
export function sentenceOf(reason: X509Reason): string {
  return reason
}
