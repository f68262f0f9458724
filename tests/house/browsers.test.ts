/** Unit tests that run in a browser too must not need Node; what does stands in `tests/`, or in a package that is Node's. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = new URL('../..', import.meta.url).pathname
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** `issues show 6` and CONTRIBUTING.md: the packages of which a browser runs every test. */
const packages = ['wire', 'crypto-noble', 'crypto-webcrypto', 'record', 'handshake', 'tls']

/** Nothing of these loads in a browser. Fixtures may `await import()` them, on Node alone. */
const nodeOnly = /^(?:node:.*|@mortise\/(?:crypto-node|tls-node|cli|testing)|@peculiar\/webcrypto)$/

const testFiles = (name: string): readonly string[] =>
  readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `packages/${name}/src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts') || (file.includes('/fixtures/') && file.endsWith('.ts')))

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^(?:import|export)\b[^'=()]*'([^']+)'/gm)].map(([, specifier = '']) => specifier)

describe.each(packages)('%s', (name) => {
  it('runs in the project `browser`, as a whole', () => {
    const [, list = ''] = /inBrowsers = \[([^\]]*)\]/.exec(read('vitest.config.ts')) ?? []
    expect(list).toContain(`'${name}'`)
    expect(testFiles(name).length).toBeGreaterThan(0)
  })

  it('imports nothing in its tests that only Node has', () => {
    for (const file of testFiles(name)) {
      const text = read(file)
      expect(
        importsOf(text).filter((specifier) => nodeOnly.test(specifier)),
        file,
      ).toEqual([])
      // dynamically, in fixtures alone, where the runtime is asked first
      const dynamic = [...text.matchAll(/\bimport\('([^']+)'\)/g)].filter(([, from = '']) =>
        nodeOnly.test(from),
      )
      const asks = file.includes('/fixtures/') && text.includes("'document' in globalThis")
      expect(dynamic.length === 0 || asks, file).toBe(true)
    }
  })

  it('has the rule of oxlint that says so at once', () => {
    const { overrides } = JSON.parse(read('.oxlintrc.json')) as {
      overrides: readonly { files: readonly string[]; rules: Readonly<Record<string, unknown>> }[]
    }
    const rule = overrides.findLast(({ files }) =>
      files.some((glob) => glob.includes(`${name},`) || glob.includes(`,${name}}`)),
    )
    expect(rule?.files.every((glob) => /\.test\.ts$|\/fixtures\/\*\*$/.test(glob))).toBe(true)
    expect(rule?.rules['import/no-nodejs-modules']).toBe('error')
    expect(JSON.stringify(rule?.rules['eslint/no-restricted-globals'])).toContain('Buffer')
  })
})
