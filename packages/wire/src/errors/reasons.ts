/**
 * All there is to say of why a connection fails: code → alert → blame → sentence. The documentation's page of errors is
 * generated from this table.
 */
import { faults, type Fault, type TlsErrorCode } from './faults.ts'
import { sentences } from './sentences.ts'

interface Reason extends Fault {
  readonly sentence: string
}

/**
 * Why a connection fails: code → alert → blame → sentence. Complete in every build: whoever imports it has the sentences,
 * in bundles with the condition `production` too, whose errors say the code alone.
 */
export const reasons: Readonly<Record<TlsErrorCode, Reason>> = /* @__PURE__ */ withSentences()

function withSentences(): Readonly<Record<TlsErrorCode, Reason>> {
  const codes = Object.keys(faults) as readonly TlsErrorCode[]
  const entries = codes.map((code) => [code, { ...faults[code], sentence: sentences[code] }] as const)
  return Object.fromEntries(entries) as Record<TlsErrorCode, Reason>
}
