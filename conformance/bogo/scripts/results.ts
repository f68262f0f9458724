/**
 * Sums up the runner's -json-output by group and compares it with results.json.
 *
 *   node scripts/results.ts --provider NAME OUTPUT.json
 *   node scripts/results.ts --provider NAME OUTPUT.json --write COMMIT --all ALL.json
 *
 * COMMIT is the runner's; ALL.json its output with a shim that answers 89 to everything and with no configuration: all tests
 * there are. Fails where the provider's counts, or the tests that it fails, are others than the committed ones.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { reasonAgainst } from './disabledTests.ts'
import { groupOf } from './groups.ts'

interface Counts {
  passed: number
  failed: number
  /** Exit code 89: an algorithm that the provider lacks. */
  unimplemented: number
}

interface Result extends Counts {
  readonly date: string
  readonly groups: Readonly<Record<string, Counts>>
  readonly failing: readonly string[]
}

interface Results {
  /** Commit of BoringSSL. */
  readonly runner: string
  /** Tests there are. */
  readonly tests: number
  readonly applicable: number
  /** Tests that are not run, by reason. */
  readonly disabled: Readonly<Record<string, number>>
  readonly providers: Readonly<Record<string, Result>>
}

type Outcomes = Readonly<Record<string, { readonly actual: string }>>

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { provider: { type: 'string' }, write: { type: 'string' }, all: { type: 'string' } },
})
const [outputFile] = positionals
const { provider, write: commit, all: allFile } = values
if (!outputFile || !provider || (commit && !allFile))
  throw new Error('see the head of this script for its arguments')

const resultsFile = new URL('../results.json', import.meta.url)
const committed: Partial<Results> = existsSync(resultsFile)
  ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as Results)
  : {}
const before = committed.providers?.[provider]
const result = sumUp(readOutcomes(outputFile))
print(provider, result)
if (commit && allFile) write(commit, Object.keys(readOutcomes(allFile)))
else if (!isDeepStrictEqual([before?.groups, before?.failing], [result.groups, result.failing])) {
  console.error('results.json says otherwise')
  process.exitCode = 1
}

function readOutcomes(file: string): Outcomes {
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly tests: Outcomes }).tests
}

function sumUp(outcomes: Outcomes): Result {
  const none = (): Counts => ({ passed: 0, failed: 0, unimplemented: 0 })
  const total = none()
  const groups: Record<string, Counts> = {}
  const failing: string[] = []
  for (const [name, { actual }] of sorted(Object.entries(outcomes))) {
    if (reasonAgainst(name) !== undefined) continue
    const outcome = actual === 'PASS' ? 'passed' : actual === 'SKIP' ? 'unimplemented' : 'failed'
    const group = (groups[groupOf(name)] ??= none())
    group[outcome]++
    total[outcome]++
    if (outcome === 'failed') failing.push(name)
  }
  const date = new Date().toISOString().slice(0, 10)
  return { date, ...total, groups: Object.fromEntries(sorted(Object.entries(groups))), failing }
}

function print(name: string, { groups, failing, ...total }: Result): void {
  const line = (group: string, { passed, failed, unimplemented }: Counts): void =>
    console.log(
      group.padEnd(32) + [passed, failed, unimplemented].map((count) => String(count).padStart(8)).join(''),
    )
  console.log(`${name.padEnd(32)}  passed  failed unimplemented`)
  for (const [group, counts] of Object.entries(groups)) line(group, counts)
  line('all', total)
  for (const test of failing) console.log(`failing: ${test}`)
}

function write(runner: string, names: readonly string[]): void {
  const disabled: Record<string, number> = {}
  for (const reason of names.map(reasonAgainst)) if (reason) disabled[reason] = (disabled[reason] ?? 0) + 1
  const applicable = names.filter((name) => reasonAgainst(name) === undefined).length
  const results: Results = {
    runner,
    tests: names.length,
    applicable,
    disabled: Object.fromEntries(sorted(Object.entries(disabled))),
    providers: Object.fromEntries(
      sorted(Object.entries({ ...committed.providers, [provider ?? '']: result })),
    ),
  }
  for (const [reason, count] of Object.entries(results.disabled))
    console.log(`${String(count).padStart(6)} disabled: ${reason}`)
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`)
  const run = result.passed + result.failed + result.unimplemented
  if (run !== applicable) throw new Error(`${run} tests were run, ${applicable} are applicable`)
}

function sorted<T>(entries: readonly (readonly [string, T])[]): readonly (readonly [string, T])[] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
}
