/**
 * All there is to say of why a connection fails: code → alert → blame → sentence. The documentation's page of errors is
 * generated from this table.
 */
import type { Fault } from './fault.ts'
import * as faults from './faults.ts'
import type { TlsErrorCode } from './tlsErrorCode.ts'
import { sentences } from './sentences.ts'

interface Reason extends Omit<Fault, 'code'> {
  readonly sentence: string
}

/**
 * Why a connection fails: code → alert → blame → sentence. Complete in every build: whoever imports it has the sentences,
 * in bundles with the condition `production` too, whose errors say the code alone.
 */
export const reasons: Readonly<Record<TlsErrorCode, Reason>> = /* @__PURE__ */ withSentences()

function withSentences(): Readonly<Record<TlsErrorCode, Reason>> {
  // In the order of the sentences: that of a module's names is the alphabet's
  const codes = Object.keys(sentences) as readonly TlsErrorCode[]
  const entries = codes.map((code) => {
    const { alert, blame } = faults[code]
    return [code, { alert, blame, sentence: sentences[code] }] as const
  })
  return Object.fromEntries(entries) as Record<TlsErrorCode, Reason>
}
