/** READMEs are true as far as machines can tell: their code compiles, and what they name and link to exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '@mortise/x509'
import { readmes, root } from './blocks.ts'
import { atTheirLines, compile, write } from './programs.ts'

const pages = readmes()

it('each block of code compiles', { timeout: 120_000 }, async () => {
  const files = pages.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language }) => language === 'ts')
      .map((block) => [`${path}/${block.line}.ts`, atTheirLines([block])] as const),
  )
  expect(files.length).toBeGreaterThan(15)
  write('readmes', {
    ...Object.fromEntries(files),
    // The reader's own, in the README of testing
    'packages/testing/README.md/myProvider.ts':
      "export { noble as myProvider } from '@mortise/crypto-noble'\n",
  })
  expect(await compile('readmes', 'readmes.d.ts')).toBe('')
})

/** All sources: READMEs speak of their neighbours, too. */
const sources = readdirSync(join(root, 'packages'))
  .flatMap((name) => {
    const folder = join(root, 'packages', name, 'src')
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file))
  })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

/** What other libraries call theirs. */
const foreign = new Set(['fromBER'])

describe.each(pages.map((page) => [page.path, page] as const))('%s', (path, page) => {
  it('names functions, options and errors that exist', () => {
    const text = page.text.replaceAll(/^```.*?^```$/gms, '')
    const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)
    const names = spans.flatMap((span) => {
      const [, called] = /^(?:\w+\.)?(\w+)\([^)]*\)?/.exec(span) ?? []
      const [, plain] = /^((?:ERR_\w+|[a-z]+[A-Z]\w*))$/.exec(span) ?? []
      return called ?? plain ?? []
    })
    expect(names.filter((name) => !foreign.has(name) && !new RegExp(`\\b${name}\\b`).test(sources))).toEqual(
      [],
    )
  })

  it('links to what exists', () => {
    for (const [, target = ''] of page.text.matchAll(/\]\((?!https?:|#)([^)\s#]+)/g))
      expect(existsSync(join(root, dirname(path), target)), target).toBe(true)
  })
})

it('the limits of x509 are those of its code', () => {
  const text = readFileSync(join(root, 'packages/x509/README.md'), 'utf8')
  const rows = [...text.matchAll(/^\| `(max\w+)` +\| ([\d,]+) +\|/gm)]
  const limits = Object.fromEntries(
    rows.map(([, name, value = '']) => [name, Number(value.replaceAll(',', ''))]),
  )
  expect(limits).toEqual(defaultLimits)
})

it('the README of tls names every option', () => {
  const read = (file: string): string => readFileSync(join(root, 'packages/tls', file), 'utf8')
  const options = ['commonOptions', 'clientConnection', 'serverConnection'].flatMap((file) =>
    [...read(`src/${file}.ts`).matchAll(/^ {2}(\w+): true,$/gm)].map(([, name = '']) => name),
  )
  expect(options.length).toBeGreaterThan(30)
  const spans = [...read('README.md').matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)
  expect(options.filter((name) => !spans.some((span) => span.split('.').includes(name)))).toEqual([])
})

it('the README of cli names every option, and no other', () => {
  const read = (file: string): string => readFileSync(join(root, 'packages/cli', file), 'utf8')
  const options = [
    'src/commonOptions.ts',
    'src/connect/connectOptions.ts',
    'src/serve/serveOptions.ts',
  ].flatMap((file) => [...read(file).matchAll(/^ {2}'?([a-z][a-z-]*)'?: \{/gm)].map(([, name = '']) => name))
  const text = read('README.md')
  expect(options.filter((name) => !text.includes(`--${name}`))).toEqual([])
  const named = [...text.matchAll(/`(?:mortise \w+ )?--([a-z][a-z-]+)/g)].map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => name !== 'help' && !options.includes(name))).toEqual([])
})
