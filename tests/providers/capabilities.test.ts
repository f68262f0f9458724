/** What the READMEs say that each provider can do, on the Node that runs this. */
import { readFileSync } from 'node:fs'
import { cipherSuites, type SigningProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { describe, expect, it } from 'vitest'

const column = `Node ${process.versions.node.split('.')[0]}`

/** Names → whether the table says yes; `undefined` if it has no such column. */
function tableOf(name: string): ReadonlyMap<string, boolean> | undefined {
  const readme = readFileSync(new URL(`../../packages/${name}/README.md`, import.meta.url), 'utf8')
  const section = readme.split(/<!-- \/?capabilities -->/)[1] ?? ''
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const at = rows[0]?.indexOf(column) ?? -1
  if (at < 0) return undefined
  return new Map(
    rows.slice(2).map((cells) => [cells[2]?.replaceAll('`', '') ?? '', cells[at] === 'yes'] as const),
  )
}

const providers: readonly (readonly [name: string, provider: SigningProvider])[] = [
  ['crypto-noble', noble()],
  ['crypto-node', nodeCrypto()],
  ['crypto-webcrypto', await detectWebcrypto()],
]

describe.skipIf(tableOf('crypto-node') === undefined)(`the tables of the READMEs: ${column}`, () => {
  it.each(providers)('%s', (name, provider) => {
    const has = [...cipherSuites(provider), ...provider.groups, ...provider.signatures].map(
      (item) => item.name,
    )
    const table = tableOf(name) ?? new Map<string, boolean>()
    const claimed = [...table].filter(([, yes]) => yes).map(([item]) => item)
    expect(claimed.toSorted()).toEqual(has.toSorted())
  })
})
