/** x509-limbo: every disagreement with it stands, with its reason, in packages/x509/docs/x509-limbo.md. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judge, readLimbo, type LimboCase } from './limbo/limbo.ts'

const corpora = ['limbo.json', 'limbo-bettertls.json'] as const
const read = corpora.map((file) => [file, readLimbo(file)] as const)
const missing = read.some(([, cases]) => cases === undefined)
if (missing) console.log('x509-limbo is skipped: there is no ../shared/vectors/x509-limbo')

const page = readFileSync(new URL('../../packages/x509/docs/x509-limbo.md', import.meta.url), 'utf8')

/** Lines `| case | ours | reason |`; each reason is a section of the page. */
const explained = [...page.matchAll(/^\| `([^`]+::[^`]+)` +\| `(\w+)` +\| (.+?) +\|$/gm)].map(
  ([, id = '', verdict = '', reason = '']) => ({ id, verdict, reason }),
)

interface Outcome {
  readonly limboCase: LimboCase
  readonly verdict: string
  readonly agrees: boolean
}

async function run(cases: readonly LimboCase[]): Promise<readonly Outcome[]> {
  const now = new Date()
  const outcomes: Outcome[] = []
  for (const limboCase of cases) {
    const verdict = await judge(limboCase, now)
    const agrees = verdict.ok === (limboCase.expected_result === 'SUCCESS')
    outcomes.push({ limboCase, agrees, verdict: verdict.ok ? 'accepted' : verdict.reason })
  }
  return outcomes
}

const namespace = ({ id }: LimboCase): string => id.split('::').slice(0, -1).join('::')

function summarize(outcomes: readonly Outcome[]): string {
  const names = [...new Set(outcomes.map(({ limboCase }) => namespace(limboCase)))]
  return names
    .map((name) => {
      const own = outcomes.filter(({ limboCase }) => namespace(limboCase) === name)
      return `${name.padEnd(30)} ${own.filter(({ agrees }) => agrees).length} of ${own.length}`
    })
    .join('\n')
}

describe.skipIf(missing)('x509-limbo', async () => {
  const outcomes = await Promise.all(
    read.map(async ([file, cases]) => [file, await run(cases ?? [])] as const),
  )
  const all = outcomes.flatMap(([, list]) => list)

  it('is agreed with, but for what the table explains', () => {
    console.log(summarize(all))
    const disagreements = all
      .filter(({ agrees }) => !agrees)
      .map(({ limboCase: { id }, verdict }) => `${id}: ${verdict}`)
    expect(disagreements.toSorted()).toEqual(
      explained.map(({ id, verdict }) => `${id}: ${verdict}`).toSorted(),
    )
  })

  it('is disagreed with for reasons that are explained', () => {
    for (const { id, reason } of explained) expect(page, id).toContain(`\n## ${reason}\n`)
  })

  it.each(outcomes)('%s: the table says how many agree', (file, list) => {
    const corpus = file === 'limbo.json' ? 'x509-limbo' : 'BetterTLS'
    const [, cases, agree] = new RegExp(`^\\| ${corpus} +\\| (\\d+) +\\| (\\d+) +\\|$`, 'm').exec(page) ?? []
    expect([cases, agree].map(Number)).toEqual([list.length, list.filter(({ agrees }) => agrees).length])
  })
})
