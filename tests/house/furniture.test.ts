/** What every package has in common, and what the repository never holds. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = new URL('../..', import.meta.url).pathname
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const json = (file: string): Record<string, unknown> => JSON.parse(read(file)) as Record<string, unknown>
const packages = readdirSync(join(root, 'packages'))

/** Sources of a package, relative to the root. */
const sources = (name: string): readonly string[] =>
  readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `packages/${name}/src/${file.replaceAll('\\', '/')}`)

const isTest = (file: string): boolean => file.endsWith('.test.ts') || file.includes('/fixtures/')

/** Tables may be longer than 300 lines; anything else that is named here wants to be taken apart. */
const longFiles = new Set([
  'packages/wire/src/index.ts',
  'packages/wire/src/errors/faults.ts',
  'packages/testing/src/conformance/vectors/rfc8448.ts',
  'packages/testing/src/conformance/vectors/signatureVectors.ts',
])

describe.each(packages)('%s', (name) => {
  const manifest = json(`packages/${name}/package.json`)
  const library = sources(name).filter((file) => !isTest(file))

  it('has a README, a CHANGELOG and the licence', () => {
    for (const file of ['README.md', 'CHANGELOG.md', 'LICENSE'])
      expect(existsSync(join(root, 'packages', name, file)), file).toBe(true)
    expect(read(`packages/${name}/LICENSE`)).toBe(read('LICENSE'))
    expect(read(`packages/${name}/README.md`)).toMatch(new RegExp(`^# @mortise/${name}\n`))
  })

  it('has the same furniture in package.json', () => {
    expect(manifest).toMatchObject({
      name: `@mortise/${name}`,
      description: expect.stringMatching(/\S/) as string,
      keywords: expect.arrayContaining(['tls', 'tls13']) as string[],
      license: 'MIT',
      repository: {
        type: 'git',
        url: 'git+https://github.com/mortise/mortise.git',
        directory: `packages/${name}`,
      },
      files: ['dist', 'src', '!**/*.test.ts', '!**/*.tsbuildinfo', '!src/**/fixtures'],
      type: 'module',
      sideEffects: false,
      publishConfig: { access: 'public' },
      engines: { node: '>=20.19.0' },
      scripts: {
        build: 'tsc -b',
        'check:package': 'publint --strict && attw --pack . --profile esm-only --quiet',
      },
    })
  })

  it('exports sources, types and code of each entry point, in this order', () => {
    const exports = manifest['exports'] as Record<string, unknown>
    expect(exports['./package.json']).toBe('./package.json')
    const entries = Object.entries(exports).filter(([path]) => path !== './package.json')
    expect(entries.map(([path]) => path)).toContain('.')
    for (const [, conditions] of entries) {
      const { default: code } = conditions as { default: string }
      const file = code.replace(/^\.\/dist\/(.*)\.js$/, '$1')
      expect(JSON.stringify(conditions)).toBe(
        JSON.stringify({
          '@mortise/source': `./src/${file}.ts`,
          types: `./dist/${file}.d.ts`,
          default: code,
        }),
      )
      expect(existsSync(join(root, 'packages', name, 'src', `${file}.ts`)), file).toBe(true)
    }
  })

  it('has its words, if any, for servers and but for pages that are published: sources and code of either kind', () => {
    const either = (folder: string, extension: string) => ({
      node: `./${folder}/texts/words.${extension}`,
      production: `./${folder}/texts/codes.${extension}`,
      default: `./${folder}/texts/words.${extension}`,
    })
    const imports = { '#texts': { '@mortise/source': either('src', 'ts'), ...either('dist', 'js') } }
    const hasWords = library.some((file) => file.includes('/src/texts/'))
    expect(JSON.stringify(manifest['imports'])).toBe(hasWords ? JSON.stringify(imports) : undefined)
  })

  it('exports by name: no `export *`, no default export', () => {
    for (const file of library) {
      expect(read(file), file).not.toMatch(/^export \*(?! as \w+ from )/m)
      expect(read(file), file).not.toMatch(/^export (default\b|\{[^}]*\bas default\b)/m)
    }
  })

  it('has no file of more than 300 lines that is not known to be long', () => {
    const long = library.filter((file) => read(file).split('\n').length > 300 && !longFiles.has(file))
    expect(long).toEqual([])
  })

  it('leaves nothing undone: no stubs, no skipped or focused tests', () => {
    for (const file of sources(name)) {
      expect(read(file), file).not.toMatch(/\b(?:TODO|FIXME|XXX)\b|not implemented/i)
      expect(read(file), file).not.toMatch(/\b(?:it|test|describe)\.(?:only|skip|todo)\(/)
    }
  })
})

describe('package-lock.json', () => {
  const { packages: entries } = json('package-lock.json') as {
    packages: Record<string, { resolved?: string; link?: boolean }>
  }

  it('names no registry', () => {
    const resolved = Object.values(entries).filter(
      ({ resolved: address, link }) => address !== undefined && !link,
    )
    expect(resolved).toEqual([])
  })

  it('has every workspace package at the version of its package.json', () => {
    for (const name of packages)
      expect(entries[`packages/${name}`]).toMatchObject({
        version: json(`packages/${name}/package.json`)['version'],
      })
  })
})

it('sources cite RFC 9846, which obsoletes RFC 8446', () => {
  for (const file of packages.flatMap(sources).filter((path) => !isTest(path)))
    expect(read(file), file).not.toMatch(/RFC 8446 §/)
})
