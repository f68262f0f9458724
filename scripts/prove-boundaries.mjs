// A check that can't fail checks nothing. Each of those that guard the map in CONTRIBUTING.md is made to fire here
// once, in a temporary copy of the configuration with next to nothing in the packages; ends with 1 if one doesn't.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { apps, arrows } from './arrows.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const copy = mkdtempSync(join(tmpdir(), 'boundaries-'))
const packages = Object.keys(arrows)
const failures = []
let fired = 0

function expectFired(what, output, wanted) {
  if (wanted.test(output)) fired++
  else failures.push(`${what}: no ${wanted} in\n${output.slice(0, 2000)}`)
}

const expectClean = (what, { status, output }) => {
  if (status !== 0) failures.push(`${what}: fails before anything was broken\n${output.slice(0, 4000)}`)
}

const run = (bin, ...args) => runScript(join(root, 'node_modules', bin), ...args)

function runScript(script, ...args) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [script, ...args], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' },
  })
  if (error) throw error
  return { status, output: stdout + stderr }
}

const lint = () => run('oxlint/bin/oxlint', '--format=unix')
/** turbo wraps its sentences. */
function boundaries() {
  const { status, output } = run('turbo/bin/turbo', 'boundaries')
  return { status, output: output.replaceAll(/\n\s*\|?\s*/g, ' ') }
}
const table = () => runScript(join(copy, 'scripts/arrows.mjs'), '--check')
const compile = () => run('typescript/bin/tsc', '-b', '--pretty', 'false')
const format = () => run('oxfmt/bin/oxfmt', '--check')

function write(file, text) {
  mkdirSync(dirname(join(copy, file)), { recursive: true })
  writeFileSync(join(copy, file), text)
}

const remove = (file) => rmSync(join(copy, file), { force: true })

/** Changes a JSON file for as long as `during` takes. */
function withJson(file, change, during) {
  const before = readFileSync(join(copy, file), 'utf8')
  const value = JSON.parse(before)
  change(value)
  write(file, JSON.stringify(value))
  during()
  write(file, before)
}

function makeCopy() {
  for (const file of readdirSync(root).filter((name) => /^\.(oxlintrc|oxfmtrc|gitignore)|\.json$/.test(name)))
    cpSync(join(root, file), join(copy, file))
  // Scripts in TypeScript need more of the packages than is left in the copy
  cpSync(join(root, 'scripts'), join(copy, 'scripts'), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  })
  for (const name of packages) {
    for (const file of ['package.json', 'turbo.json', 'tsconfig.json', 'tsconfig.build.json'])
      cpSync(join(root, 'packages', name, file), join(copy, 'packages', name, file))
    write(`packages/${name}/src/index.ts`, 'export const here: number = 1\n')
    write(
      `packages/${name}/src/index.test.ts`,
      "import { here } from './index.ts'\n\nexport const probe: number = here\n",
    )
  }
  for (const name of Object.keys(apps))
    for (const file of ['package.json', 'turbo.json', 'tsconfig.json'])
      cpSync(join(root, 'apps', name, file), join(copy, 'apps', name, file))
  write('packages/wire/src/index.ts', 'export const here: number = 1\nexport const NamedGroup: number = 2\n')
  write(
    'tsconfig.json',
    `${JSON.stringify({ files: [], references: packages.map((name) => ({ path: `packages/${name}` })) })}\n`,
  )
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@mortise' && name !== '.cache') {
      mkdirSync(join(copy, 'node_modules'), { recursive: true })
      symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
    }
  mkdirSync(join(copy, 'node_modules/@mortise'))
  for (const name of packages)
    symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules/@mortise', name))
  run('oxfmt/bin/oxfmt')
}

/** Sources that oxlint must refuse: [what, file, text, rule]. */
function refusedSources() {
  const probes = []
  const refuse = (at, text, rule) => probes.push({ file: `packages/${at}`, text: `${text}\n`, rule })
  const imported = (specifier, name = 'here') =>
    `import { ${name} } from '${specifier}'\nexport const probe: unknown = ${name}`

  for (const [name, { imports, tests = [], fromWire }] of Object.entries(arrows)) {
    for (const other of packages.filter((candidate) => candidate !== name)) {
      const allowedInTests = imports.includes(other) || tests.includes(other)
      if (!imports.includes(other))
        refuse(`${name}/src/to-${other}.ts`, imported(`@mortise/${other}`), 'no-restricted-imports')
      if (!allowedInTests)
        refuse(`${name}/src/to-${other}.test.ts`, imported(`@mortise/${other}`), 'no-restricted-imports')
    }
    if (fromWire) refuse(`${name}/src/struct.ts`, imported('@mortise/wire'), 'no-restricted-imports')
    if (['crypto-node', 'tls-node', 'cli'].includes(name)) continue
    refuse(`${name}/src/node.ts`, imported('node:fs', 'readFileSync'), 'no-nodejs-modules')
    refuse(`${name}/src/bare.ts`, imported('fs', 'readFileSync'), 'no-nodejs-modules')
    for (const global of ['Buffer', 'process', 'window', 'document'])
      refuse(`${name}/src/${global}.ts`, `export const probe: unknown = ${global}`, 'no-restricted-globals')
  }
  for (const [name, { folders }] of Object.entries(apps))
    for (const [folder, imports] of Object.entries(folders))
      for (const other of packages.filter((candidate) => !imports.includes(candidate)))
        probes.push({
          file: `apps/${name}/${folder}/to-${other}.ts`,
          text: `${imported(`@mortise/${other}`)}\n`,
          rule: 'no-restricted-imports',
        })
  for (const name of [
    'wire',
    'crypto',
    'crypto-noble',
    'crypto-webcrypto',
    'crypto-node',
    'record',
    'handshake',
    'x509',
  ]) {
    for (const global of ['setTimeout', 'fetch', 'ReadableStream'])
      if (name !== 'crypto-node')
        refuse(`${name}/src/${global}.ts`, `export const probe: unknown = ${global}`, 'no-restricted-globals')
    refuse(`${name}/src/clock.ts`, 'export const probe: number = Date.now()', 'no-restricted-properties')
    refuse(`${name}/src/random.ts`, 'export const probe: number = Math.random()', 'no-restricted-properties')
  }
  refuse('wire/src/subpath.ts', imported('@mortise/crypto/der'), 'no-restricted-imports')
  refuse('wire/src/reexport.ts', "export { here } from '@mortise/crypto'", 'no-restricted-imports')
  refuse(
    'wire/src/type.ts',
    "import type { here } from '@mortise/crypto'\nexport type Probe = typeof here",
    'no-restricted-imports',
  )
  refuse(
    'wire/src/dynamic.ts',
    "export const probe: Promise<unknown> = import('@mortise/crypto')",
    'no-restricted-imports',
  )
  refuse('wire/src/default.ts', 'export default 1', 'no-default-export')
  refuse('wire/src/console.ts', 'console.log(1)\nexport {}', 'no-console')
  refuse('wire/src/any.ts', 'export const probe: any = 1', 'no-explicit-any')
  refuse(
    'wire/src/nonNull.ts',
    'export const probe = (list: number[]): number => list[0]!',
    'no-non-null-assertion',
  )
  refuse(
    'wire/src/floating.ts',
    'export function probe(): void {\n  Promise.resolve(1)\n}',
    'no-floating-promises',
  )
  refuse(
    'wire/src/typeImport.ts',
    "import { Probe } from './named.ts'\nexport const probe = (it: Probe): Probe => it",
    'consistent-type-imports',
  )
  refuse(
    'wire/src/switch.ts',
    "export function probe(it: 'a' | 'b'): number {\n  switch (it) {\n    case 'a':\n      return 1\n  }\n  return 2\n}",
    'switch-exhaustiveness-check',
  )
  refuse(
    'wire/src/cycle.ts',
    "import { other } from './cycle2.ts'\nexport const probe = (): number => other()",
    'no-cycle',
  )
  refuse(
    'wire/src/cycle2.ts',
    "import { probe } from './cycle.ts'\nexport const other = (): number => probe()",
    'no-cycle',
  )
  return probes
}

function proveLint() {
  expectClean('oxlint', lint())
  const probes = refusedSources()
  write('packages/wire/src/named.ts', 'export type Probe = number\n')
  for (const { file, text } of probes) write(file, text)
  const lines = lint().output.split('\n')
  for (const { file, rule } of probes)
    expectFired(
      `oxlint on ${file}`,
      lines.filter((line) => line.startsWith(`${file}:`)).join('\n'),
      new RegExp(`\\(${rule}\\)`),
    )
  for (const { file } of probes) remove(file)
  remove('packages/wire/src/named.ts')
}

function proveBoundaries() {
  expectClean('turbo boundaries', boundaries())
  const refuse = (what, file, text, wanted) => {
    write(file, text)
    expectFired(`turbo boundaries on ${what}`, boundaries().output, wanted)
    remove(file)
  }
  refuse(
    'an undeclared package',
    'packages/wire/src/a.ts',
    "import 'semver'\n",
    /cannot import package `semver`/,
  )
  refuse(
    'an undeclared sibling',
    'packages/wire/src/a.ts',
    "import '@mortise/crypto'\n",
    /cannot import package `@mortise\/crypto`/,
  )
  refuse(
    'a file of a sibling',
    'packages/record/src/a.ts',
    "import '../../handshake/src/index.ts'\n",
    /outside of the package|leaves the package/,
  )
  const allowed = JSON.parse(readFileSync(join(copy, 'turbo.json'), 'utf8')).boundaries.tags
  for (const name of packages)
    for (const other of packages.filter(
      (it) => it !== name && !allowed[name].dependencies.allow.includes(it),
    ))
      withJson(
        `packages/${name}/package.json`,
        (json) => void (json.dependencies = { ...json.dependencies, [`@mortise/${other}`]: '^0.1.0' }),
        () =>
          expectFired(
            `turbo boundaries on ${name} → ${other}`,
            boundaries().output,
            /without any tag listed in allowlist/,
          ),
      )
  withJson(
    'packages/wire/package.json',
    (json) => void (json.devDependencies = { '@mortise/crypto': '^0.1.0' }),
    () =>
      expectFired(
        'turbo run on a cycle of packages',
        run('turbo/bin/turbo', 'run', 'build', '--dry').output,
        /cycl/i,
      ),
  )
}

function proveTable() {
  expectClean('arrows.mjs --check', table())
  const refuse = (file, change, wanted) =>
    withJson(file, change, () => expectFired(`arrows.mjs on ${file}`, table().output, wanted))
  refuse('oxlint.arrows.json', (json) => void json.overrides.pop(), /oxlint\.arrows\.json is not what/)
  refuse(
    'turbo.json',
    (json) => json.boundaries.tags.wire.dependencies.allow.push('crypto'),
    /turbo\.json is not what/,
  )
  refuse('packages/record/turbo.json', (json) => void (json.tags = ['tls']), /tags must be \["record"\]/)
  refuse(
    'packages/record/package.json',
    (json) => void (json.dependencies['@mortise/crypto-node'] = '^0.1.0'),
    /no arrow record → crypto-node/,
  )
  refuse(
    'packages/record/package.json',
    (json) => void (json.devDependencies = { '@mortise/testing': '^0.1.0' }),
    /may not import testing/,
  )
  refuse(
    'packages/wire/package.json',
    (json) => void (json.dependencies = { semver: '1' }),
    /wire may not depend on semver/,
  )
  refuse(
    'apps/demo/package.json',
    (json) => void (json.dependencies['@mortise/x509'] = '^0.1.0'),
    /no arrow demo → x509/,
  )
  refuse(
    'apps/demo/package.json',
    (json) => void (json.dependencies = { ...json.dependencies, semver: '1' }),
    /demo may not depend on semver/,
  )
  refuse('apps/demo/tsconfig.json', (json) => void json.references.pop(), /references must be/)
  refuse('packages/record/tsconfig.build.json', (json) => void json.references.pop(), /references must be/)
  withJson(
    'packages/wire/package.json',
    () => cpSync(join(copy, 'packages/wire'), join(copy, 'packages/stray'), { recursive: true }),
    () =>
      expectFired('arrows.mjs on a package it does not know', table().output, /packages\/stray has no line/),
  )
  rmSync(join(copy, 'packages/stray'), { recursive: true })
}

function proveCompiler() {
  expectClean('tsc', compile())
  const refuse = (file, text, wanted) => {
    write(file, text)
    expectFired(`tsc on ${file}`, compile().output, wanted)
    remove(file)
  }
  refuse(
    'packages/wire/src/a.ts',
    "import { readFileSync } from 'node:fs'\nexport const probe: unknown = readFileSync\n",
    /TS(2591|2307)/,
  )
  refuse('packages/record/src/a.ts', 'export const probe: unknown = Buffer\n', /TS2(591|580|304)/)
  refuse('packages/handshake/src/a.ts', 'export const probe: unknown = ReadableStream\n', /TS2(304|552)/)
  refuse('packages/x509/src/a.ts', 'export enum Probe {\n  a,\n}\n', /TS1294/)
  refuse('packages/crypto/src/a.ts', 'export const probe = [1].map((it) => it)\n', /TS90\d\d/)
}

function proveFormat() {
  expectClean('oxfmt --check', format())
  write('packages/wire/src/a.ts', 'export const probe = "double";\n')
  expectFired('oxfmt --check', format().output, /packages\/wire\/src\/a\.ts/)
  remove('packages/wire/src/a.ts')
}

try {
  makeCopy()
  for (const prove of [proveFormat, proveLint, proveBoundaries, proveTable, proveCompiler]) {
    const before = fired
    prove()
    console.log(`${prove.name}: ${fired - before} fired`)
  }
} finally {
  if (existsSync(copy)) rmSync(copy, { recursive: true })
}
for (const failure of failures) console.error(failure)
console.log(`${fired} checks fired, ${failures.length} failed to`)
if (failures.length > 0) process.exitCode = 1
