/** What docs/security.md says is tested is tested: each link to a test has for its text a piece of what is in that file. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './blocks.ts'

const text = readFileSync(join(root, 'docs/security.md'), 'utf8')
const claims = [...text.matchAll(/\[([^\]]+)\]\(\.\.\/((?:tests|packages)\/[^)]+\.ts)\)/g)].map(
  ([, title = '', file = '']) => [file, title.replaceAll(/\\([^u])/g, '$1')] as const,
)

it('names tests in every row', () => {
  const rows = text.split('\n').filter((line) => /^\| (?!attack |fault |-)/.test(line))
  expect(rows.length).toBeGreaterThan(35)
  expect(rows.filter((row) => !/\]\(\.\.\/(?:tests|packages)\//.test(row))).toEqual([])
})

it.each(claims)('%s: %s', (file, title) => {
  expect(existsSync(join(root, file)), file).toBe(true)
  // Words, wherever lines are broken
  expect(readFileSync(join(root, file), 'utf8').replaceAll(/\s+/g, ' ')).toContain(title)
})
