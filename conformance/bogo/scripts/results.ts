/**
 * Sums up the runner's -json-output by group and compares it with results.json.
 *
 *   node scripts/results.ts OUTPUT.json PROVIDER [--write RUNNER_COMMIT]
 *
 * Fails where the counts of that provider, or the tests that it fails, are others than the committed ones.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { groupOf } from './groups.ts'

interface Outcome {
  readonly actual: string
}

interface Counts {
  passed: number
  failed: number
  unimplemented: number
}

interface Result extends Counts {
  readonly runner: string
  readonly date: string
  readonly groups: Readonly<Record<string, Counts>>
  readonly failing: readonly string[]
}

interface Results {
  /** Tests that are not run, by reason. */
  readonly disabled: Readonly<Record<string, number>>
  readonly providers: Readonly<Record<string, Result>>
}

const resultsFile = new URL('../results.json', import.meta.url)
const [outputFile, provider, write, commit] = process.argv.slice(2)
if (outputFile === undefined || provider === undefined || (write !== undefined && commit === undefined))
  throw new Error('usage: node scripts/results.ts OUTPUT.json PROVIDER [--write RUNNER_COMMIT]')

const config = JSON.parse(readFileSync(new URL('../config.json', import.meta.url), 'utf8')) as {
  readonly DisabledTests: Readonly<Record<string, string>>
}
const { tests } = JSON.parse(readFileSync(outputFile, 'utf8')) as {
  readonly tests: Readonly<Record<string, Outcome>>
}
const committed: Results = existsSync(resultsFile)
  ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as Results)
  : { disabled: {}, providers: {} }

const disabled: Record<string, number> = {}
for (const reason of Object.values(config.DisabledTests)) disabled[reason] = (disabled[reason] ?? 0) + 1

const none = (): Counts => ({ passed: 0, failed: 0, unimplemented: 0 })
const total = none()
const groups: Record<string, Counts> = {}
const failing: string[] = []
for (const [name, { actual }] of Object.entries(tests).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  if (Object.hasOwn(config.DisabledTests, name)) continue
  const outcome = actual === 'PASS' ? 'passed' : actual === 'SKIP' ? 'unimplemented' : 'failed'
  const group = (groups[groupOf(name)] ??= none())
  group[outcome]++
  total[outcome]++
  if (outcome === 'failed') failing.push(name)
}

const print = (name: string, { passed, failed, unimplemented }: Counts): void =>
  console.log(
    name.padEnd(32) + [passed, failed, unimplemented].map((count) => String(count).padStart(8)).join(''),
  )
console.log(`${provider.padEnd(32)}  passed  failed unimplemented`)
for (const [name, counts] of Object.entries(groups).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  print(name, counts)
print('all', total)
for (const [reason, count] of Object.entries(disabled))
  console.log(`${String(count).padStart(6)} disabled: ${reason}`)
for (const name of failing) console.log(`failing: ${name}`)

const before = committed.providers[provider]
if (write === '--write' && commit !== undefined) {
  const date = new Date().toISOString().slice(0, 10)
  const result: Result = { runner: commit, date, ...total, groups, failing }
  const results: Results = { disabled, providers: { ...committed.providers, [provider]: result } }
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`)
} else if (!before || !isDeepStrictEqual([before.groups, before.failing], [groups, failing])) {
  console.error('results.json says otherwise')
  process.exitCode = 1
}
