/** `#texts` wherever the condition `production` is not set: messages are sentences. */
import { x509Reasons, type X509Reason } from '../reasons.ts'

/** Whether errors and verdicts say in words what was wrong; `false` with the condition `production`. */
export const inWords: boolean = true

/** What a message says of a certificate, or begins with. */
export function sentenceOf(reason: X509Reason): string {
  return x509Reasons[reason][1]
}
