/** `#texts` for servers, and wherever the condition `production` is not set: messages are sentences. */
import { x509Reasons, type X509Reason } from '../reasons.ts'

/** What a message says of a certificate, or begins with. */
export function sentenceOf(reason: X509Reason): string {
  return x509Reasons[reason][1]
}
