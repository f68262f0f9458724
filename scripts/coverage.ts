// Runs the tests with coverage (arguments go to vitest) and sums it up by package; fails where a package is below its
// floor, or has no tests at all.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

interface Count {
  total: number
  covered: number
}
type Summary = Record<string, { lines: Count; branches: Count }>

/** Per cent of lines and of branches. */
const floor = { lines: 95, branches: 90 }
const floored = /^(?:wire|record|handshake|crypto.*)$/

const names = readdirSync('packages').filter((name) => existsSync(`packages/${name}/package.json`))
/** By name, since vitest takes several negations for alternatives. Without `browser` and `demo`, which need a browser. */
const projects = [...names, 'bogo', 'tests']

const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.map((name) => `--project=${name}`),
    '--coverage',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
)
if (status !== 0) process.exit(status ?? 1)

const summary = JSON.parse(readFileSync('coverage/coverage-summary.json', 'utf8')) as Summary
const packages = new Map<string, { lines: Count; branches: Count }>()
for (const [file, { lines, branches }] of Object.entries(summary)) {
  const name = /^packages[/\\]([\w-]+)/.exec(relative('.', file))?.[1]
  if (!name) continue
  const sum = packages.get(name) ?? { lines: { total: 0, covered: 0 }, branches: { total: 0, covered: 0 } }
  packages.set(name, sum)
  for (const [kind, count] of [
    ['lines', lines],
    ['branches', branches],
  ] as const) {
    sum[kind].total += count.total
    sum[kind].covered += count.covered
  }
}

const share = ({ total, covered }: Count) => (total === 0 ? 100 : (100 * covered) / total)
const format = (value: number) => `${value.toFixed(1)} %`.padStart(9)

console.log('package            lines   branches')
for (const [name, { lines, branches }] of [...packages].toSorted(([a], [b]) => a.localeCompare(b))) {
  const low = floored.test(name) && (share(lines) < floor.lines || share(branches) < floor.branches)
  console.log(
    `${name.padEnd(17)}${format(share(lines))}${format(share(branches))}${low ? '  below 95 / 90' : ''}`,
  )
  if (low) process.exitCode = 1
}
for (const name of names.filter((it) => floored.test(it) && !packages.has(it))) {
  console.log(`${name.padEnd(17)}  no coverage at all`)
  process.exitCode = 1
}
