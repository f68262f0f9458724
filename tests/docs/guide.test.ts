/** The guide is true: every program of it compiles against the sources, runs, and prints what it says that it prints. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatWithOptions } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { guide, root, type Page } from './blocks.ts'
import { loopback, type Loopback } from './loopback.ts'
import { checkingOutput, compile, modulesOf, outputsOf, programs, write } from './programs.ts'
import { otherRuntimes, dial } from './runtimes.ts'
import { exampleOrg, writeFiles } from './surroundings.ts'

// example.org's certificate is of an authority that Node trusts, as far as the programs can see
vi.mock('node:tls', async (original) => {
  const { authority, pem } = await import('./authority.ts')
  const roots = [pem('CERTIFICATE', authority.certificate)]
  return { ...(await original<object>()), rootCertificates: roots, getCACertificates: () => roots }
})

vi.mock('cloudflare:sockets', () => ({
  connect: ({ hostname, port }: { readonly hostname: string; readonly port: number }) => dial(hostname, port),
}))

const pages = guide()
const nameOf = ({ path }: Page): string => path.replace(/^docs\//, '').replace(/\.md$/, '')
const filesOf = (transform: (code: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    pages.flatMap((page) =>
      Object.entries(modulesOf(page)).map(([file, code]) => [`${nameOf(page)}/${file}`, transform(code)]),
    ),
  )

/** As links have them. */
const headingsOf = (path: string): readonly string[] =>
  [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )

it('has pages, numbered without a gap', () => {
  expect(pages.map(({ path }) => Number(path.slice(5, 7)))).toEqual(pages.map((_, index) => index + 1))
  expect(pages.length).toBeGreaterThan(9)
})

it('compiles', { timeout: 120_000 }, async () => {
  write(
    'guide',
    filesOf((code) => code),
  )
  expect(await compile('guide', 'guide.d.ts')).toBe('')
})

describe.each(pages.map((page) => [nameOf(page), page] as const))('%s', (name, page) => {
  let network: Loopback
  let folder: string
  const here = process.cwd()

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mortise-docs-'))
    process.chdir(folder)
  })
  afterAll(() => {
    process.chdir(here)
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    await writeFiles(folder)
    network = loopback()
    exampleOrg(network)
    for (const [key, value] of Object.entries(otherRuntimes)) vi.stubGlobal(key, value)
  })
  afterEach(async () => {
    await network.restore()
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  it('runs, and prints what it says', { timeout: 60_000 }, async () => {
    const printed: string[] = []
    const expected: string[] = []
    vi.stubGlobal('__printed', (text: string, ...values: readonly unknown[]) => {
      expected.push(text)
      printed.push(formatWithOptions({ breakLength: Infinity }, ...values))
    })
    vi.spyOn(console, 'log').mockImplementation(() => {})
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
    const modules = modulesOf(page)
    write(
      `run/${name}`,
      Object.fromEntries(Object.entries(modules).map(([file, code]) => [file, checkingOutput(code)])),
    )
    await import(join(programs(`run/${name}`), 'main.ts'))
    await vi.waitFor(
      () => expect(printed.length).toBeGreaterThanOrEqual(outputsOf(modules['main.ts'] ?? '')),
      5000,
    )
    expect(printed).toEqual(expected)
  })

  it('refers to files and headings that exist', () => {
    for (const [, target = ''] of page.text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [file = '', heading] = target.split('#')
      const path = file === '' ? join(root, page.path) : join(root, 'docs', file)
      expect(existsSync(path), target).toBe(true)
      expect(heading === undefined ? [undefined] : headingsOf(path), target).toContain(heading)
    }
  })
})
