/**
 * What a conformance suite is made of. Cases know no test runner: `run` answers or throws, so that they fit under
 * any of them, or under none.
 */

/** A case that could not be run says why. */
export type CaseResult = 'pass' | { readonly skipped: string }

/** One thing that must hold of a provider. */
export interface ConformanceCase {
  /** What must hold. */
  readonly name: string
  /** What it is about: `hash sha256`, `group x25519`, `wycheproof x25519_test.json`, … */
  readonly group: string
  /** @throws Error that says what was expected and what was found */
  readonly run: () => Promise<CaseResult>
}

/** Thrown by a case that can't be run with this provider. */
class Skipped extends Error {}

/** Ends the running case as skipped. */
export function skip(reason: string): never {
  throw new Skipped(reason)
}

/** Ends the running case as failed. */
export function fail(message: string): never {
  throw new Error(message)
}

export function conformanceCase(
  group: string,
  name: string,
  check: () => void | Promise<void>,
): ConformanceCase {
  return {
    name,
    group,
    run: async () => {
      try {
        await check()
        return 'pass'
      } catch (error) {
        if (error instanceof Skipped) return { skipped: error.message }
        throw error
      }
    },
  }
}

/** A case that did not hold, and what it threw. */
export interface ConformanceFailure {
  readonly group: string
  readonly name: string
  readonly error: unknown
}

/** How the cases went. */
export interface ConformanceSummary {
  readonly passed: number
  /** Reason → how many cases. */
  readonly skipped: Readonly<Record<string, number>>
  readonly failures: readonly ConformanceFailure[]
}

/** Runs cases one after the other and counts; for those who have no test runner, or thousands of cases. */
export async function runConformanceCases(cases: readonly ConformanceCase[]): Promise<ConformanceSummary> {
  let passed = 0
  const skipped: Record<string, number> = {}
  const failures: ConformanceFailure[] = []
  for (const { group, name, run } of cases) {
    try {
      const result = await run()
      if (result === 'pass') passed++
      else skipped[result.skipped] = (skipped[result.skipped] ?? 0) + 1
    } catch (error) {
      failures.push({ group, name, error })
    }
  }
  return { passed, skipped, failures }
}
