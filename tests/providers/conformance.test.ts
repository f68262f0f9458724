/** The conformance suite and Wycheproof, on each of our providers and their mixtures. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import {
  conformanceCases,
  runConformanceCases,
  sampleWycheproof,
  wycheproofCases,
  type WycheproofCase,
} from '@mortise/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { mixtures, subjects, type Subject } from './subjects.ts'

const vectors = new URL('../../../shared/vectors/wycheproof/', import.meta.url)
const files = existsSync(vectors) ? readdirSync(vectors).filter((file) => file.endsWith('_test.json')) : []
if (files.length === 0) console.log('Wycheproof is skipped: there is no ../shared/vectors/wycheproof')

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, vectors), 'utf8'))

function casesOf({ provider, sample }: Subject, file: string): readonly WycheproofCase[] {
  const cases = wycheproofCases(provider, file, read(file))
  return sample === Infinity || process.env['WYCHEPROOF'] === 'all' ? cases : sampleWycheproof(cases, sample)
}

describe.each([...subjects, ...mixtures])('$name', (subject) => {
  describe('conformance', () => {
    it.each(conformanceCases(subject.provider))('$group: $name', async ({ run }) => {
      expect(await run()).toBeDefined()
    })
  })

  describe.skipIf(files.length === 0 || subject.sample === 0)('Wycheproof', () => {
    const counts: string[] = []
    afterAll(() => console.log([`Wycheproof on ${subject.name}`, ...counts].join('\n  ')))

    it.each(files)('%s', async (file) => {
      const cases = casesOf(subject, file)
      const { passed, skipped, failures } = await runConformanceCases(cases)
      const left = Object.entries(skipped).map(([reason, count]) => `, ${count} skipped: ${reason}`)
      counts.push(`${file.padEnd(42)} ${passed} of ${cases.length} passed${left.join('')}`)
      expect(failures).toEqual([])
    })
  })
})
