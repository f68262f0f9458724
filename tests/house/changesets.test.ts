/** Releases: a package's version moves when it or something beneath it changes, and only then. */
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = new URL('../..', import.meta.url).pathname
const packages = readdirSync(join(root, 'packages'))
const copy = mkdtempSync(join(tmpdir(), 'changesets-'))

const run = (file: string, ...args: string[]): string =>
  execFileSync(file, args, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

const version = (name: string): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(copy, 'packages', name, 'package.json'), 'utf8'))
  return (manifest as { version: string }).version
}

const before = new Map<string, string>()

beforeAll(() => {
  cpSync(join(root, '.changeset/config.json'), join(copy, '.changeset/config.json'))
  writeFileSync(join(copy, 'package.json'), JSON.stringify({ private: true, workspaces: ['packages/*'] }))
  for (const name of packages) {
    mkdirSync(join(copy, 'packages', name), { recursive: true })
    cpSync(join(root, 'packages', name, 'package.json'), join(copy, 'packages', name, 'package.json'))
    before.set(name, version(name))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  writeFileSync(join(copy, '.changeset/record.md'), "---\n'@mortise/record': minor\n---\n\nPads by policy.\n")
  run('git', 'init', '-q')
  run('git', 'add', '.changeset', 'packages', 'package.json')
  run('git', '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'A changeset for record')
  run(process.execPath, join(root, 'node_modules/@changesets/cli/bin.js'), 'version')
})

afterAll(() => rmSync(copy, { recursive: true }))

const moved = (): string[] => packages.filter((name) => version(name) !== before.get(name))

it('a minor of record releases record and those that import it, and nothing else', () => {
  expect(moved().toSorted()).toEqual(['record', 'testing', 'tls'])
})

it('record and handshake are versioned apart', () => {
  expect(moved()).toContain('record')
  expect(moved()).not.toContain('handshake')
})

it("record's CHANGELOG tells of it", () => {
  expect(readFileSync(join(copy, 'packages/record/CHANGELOG.md'), 'utf8')).toContain('Pads by policy.')
})
