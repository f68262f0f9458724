/** The conformance suite and Wycheproof, on each of our providers. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { CryptoProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import {
  conformanceCases,
  runConformanceCases,
  sampleWycheproof,
  wycheproofCases,
  type WycheproofCase,
} from '@mortise/testing'
import { Crypto as PeculiarCrypto } from '@peculiar/webcrypto'
import { afterAll, describe, expect, it } from 'vitest'

interface Subject {
  readonly name: string
  readonly provider: CryptoProvider
  /** At most about so many cases of a Wycheproof file, or all. */
  readonly sample: number
}

const subjects: readonly Subject[] = [
  { name: 'crypto-node', provider: nodeCrypto(), sample: Infinity },
  { name: 'crypto-noble', provider: noble(), sample: 20 },
  { name: 'crypto-webcrypto', provider: await detectWebcrypto(), sample: Infinity },
  {
    name: 'crypto-webcrypto on @peculiar/webcrypto',
    provider: await detectWebcrypto({ crypto: new PeculiarCrypto() }),
    sample: Infinity,
  },
]

const vectors = new URL('../../../shared/vectors/wycheproof/', import.meta.url)
const files = existsSync(vectors) ? readdirSync(vectors).filter((file) => file.endsWith('_test.json')) : []
if (files.length === 0) console.log('Wycheproof is skipped: there is no ../shared/vectors/wycheproof')

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, vectors), 'utf8'))

function casesOf({ provider, sample }: Subject, file: string): readonly WycheproofCase[] {
  const cases = wycheproofCases(provider, file, read(file))
  return sample === Infinity ? cases : sampleWycheproof(cases, sample)
}

describe.each(subjects)('$name', (subject) => {
  describe('conformance', () => {
    it.each(conformanceCases(subject.provider))('$group: $name', async ({ run }) => {
      expect(await run()).toBeDefined()
    })
  })

  describe.skipIf(files.length === 0)('Wycheproof', () => {
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
