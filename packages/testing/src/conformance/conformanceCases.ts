/**
 * The conformance suite: what every crypto provider must do, the same for all of them. An author runs it on a
 * provider of their own under any test runner. Known answers are inside; for Wycheproof's files see `wycheproofCases`.
 */
import type { SigningProvider } from '@mortise/crypto'
import { aeadCases } from './aeadCases.ts'
import type { ConformanceCase } from './conformanceCase.ts'
import { descriptorCases } from './descriptorCases.ts'
import { groupCases } from './groupCases.ts'
import { hashCases } from './hashCases.ts'
import { privateKeyCases } from './privateKeyCases.ts'
import { rfc8448Cases } from './rfc8448Cases.ts'
import { signatureCases } from './signatureCases.ts'

/** How the suite is run. */
export interface ConformanceOptions {
  /** Of the random inputs: another seed, other inputs. */
  readonly seed?: string | number
}

/** Cases are independent of each other; one that does not apply to this provider answers `{ skipped }`, with a reason. */
export function conformanceCases(
  provider: SigningProvider,
  { seed = 'mortise' }: ConformanceOptions = {},
): readonly ConformanceCase[] {
  return [
    ...descriptorCases(provider),
    ...rfc8448Cases(provider),
    ...hashCases(provider, String(seed)),
    ...aeadCases(provider, String(seed)),
    ...groupCases(provider),
    ...signatureCases(provider),
    ...privateKeyCases(provider),
  ]
}
