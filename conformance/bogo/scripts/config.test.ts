/** What the runner is told, and what results.json says of it, come from the tables in conformance/bogo/scripts. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { reasons } from '@mortise/wire'
import { disabledTests, reasonAgainst } from './disabledTests.ts'
import { errorMap } from './errorMap.ts'

const read = (file: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')) as Record<string, unknown>

it('config.json is what scripts/makeConfig.ts writes', () => {
  expect(read('config.json')).toEqual({
    DisabledTests: Object.fromEntries(disabledTests),
    ErrorMap: errorMap,
    HalfRTTTickets: 0,
  })
})

it('every code that stands for an error string of the runner is one of ours', () => {
  for (const code of Object.values(errorMap).flat()) expect(reasons).toHaveProperty([code.trim()])
})

it.each([
  ['KeyUpdate-Requested-DTLS', 'out of scope: DTLS'],
  ['TLS-ECH-Server-Cookie-TLS13', 'planned: Encrypted Client Hello'],
  ['Basic-Server-TLS-Sync', 'out of scope: needs TLS 1.2 or older'],
  ['MinimumVersion-Client-TLS13-TLS12-TLS', undefined],
  ['CertificateSelection-Client-TLS-TLS12', 'out of scope: needs TLS 1.2 or older'],
  ['TLS13-1RTT-Client-TLS-Sync', undefined],
])('patterns are those of the runner: %s', (name, reason) => {
  expect(reasonAgainst(name)).toBe(reason)
})

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly unimplemented: number
}

it('results.json adds up', () => {
  const results = read('results.json') as {
    readonly tests: number
    readonly applicable: number
    readonly disabled: Readonly<Record<string, number>>
    readonly providers: Readonly<
      Record<
        string,
        Counts & { readonly groups: Record<string, Counts>; readonly failing: readonly string[] }
      >
    >
  }
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
  expect(total(Object.values(results.disabled)) + results.applicable).toBe(results.tests)
  for (const reason of Object.keys(results.disabled))
    expect(disabledTests.map(([, known]) => known)).toContain(reason)
  for (const { groups, failing, passed, failed, unimplemented } of Object.values(results.providers)) {
    expect(passed + failed + unimplemented).toBe(results.applicable)
    expect(failing).toHaveLength(failed)
    for (const key of ['passed', 'failed', 'unimplemented'] as const)
      expect(total(Object.values(groups).map((group) => group[key]))).toBe(
        { passed, failed, unimplemented }[key],
      )
  }
})
