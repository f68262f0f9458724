// Which package may import which: the one table behind oxlint.arrows.json (generated), the boundaries in turbo.json
// (generated), and the dependencies in package.json and references in tsconfig*.json (compared with it by `--check`).
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'

const providers = ['crypto-node', 'crypto-noble', 'crypto-webcrypto']

/** What cryptography may know of the wire: code points, and whether errors are told in words. */
const vocabulary = [
  'CipherSuite',
  'NamedGroup',
  'SignatureScheme',
  'cipherSuiteName',
  'namedGroupName',
  'signatureSchemeName',
  'inWords',
]

/**
 * `imports`: packages of this repository that the sources may import. `tests`: what their unit tests may import
 * as well. `fromWire`: the only names taken from wire. `libraries`: everything else that users have to install.
 * No unit test imports `testing`, which stands above: what needs a pair or a scripted peer stands in `tests/`.
 */
export const arrows = {
  wire: { imports: [] },
  crypto: { imports: ['wire'], fromWire: vocabulary },
  'crypto-node': { imports: ['crypto', 'wire'], fromWire: vocabulary },
  'crypto-noble': {
    imports: ['crypto', 'wire'],
    fromWire: vocabulary,
    libraries: [
      '@noble/ciphers',
      '@noble/curves',
      '@noble/hashes',
      '@noble/post-quantum',
      'micro-rsa-dsa-dh',
    ],
  },
  'crypto-webcrypto': { imports: ['crypto', 'wire'], fromWire: vocabulary },
  record: { imports: ['wire', 'crypto'], tests: providers },
  handshake: { imports: ['wire', 'crypto'], tests: providers },
  x509: { imports: ['crypto', 'wire'], tests: providers },
  tls: { imports: ['record', 'handshake', 'x509', 'crypto', 'wire'], tests: providers },
  'tls-node': { imports: ['tls', 'crypto-node', 'x509', 'crypto', 'wire'], tests: providers },
  cli: { imports: ['tls-node', 'tls', ...providers, 'crypto', 'wire'], libraries: ['@peculiar/webcrypto'] },
  testing: { imports: ['tls', 'record', 'handshake', 'x509', ...providers, 'crypto', 'wire'] },
}

/**
 * What is private and stands on top. `folders`: what the sources in each may import; pages run in browsers and take
 * nothing that needs Node. `tests`: what tests may import as well.
 */
const page = ['tls', 'testing', 'crypto-noble', 'crypto-webcrypto', 'crypto', 'wire']
export const apps = {
  demo: {
    folders: {
      src: page,
      server: ['tls-node', 'tls', 'testing', ...providers, 'crypto', 'wire'],
    },
    tests: ['cli'],
    libraries: ['@peculiar/webcrypto', '@preact/signals', 'buffer', 'preact', 'ws'],
  },
}

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file) => JSON.parse(readFileSync(`${root}/${file}`, 'utf8'))
const compareOnly = process.argv.includes('--check')
const problems = []
const expect = (condition, problem) => condition || problems.push(problem)
const own = (dependencies) =>
  Object.keys(dependencies ?? {}).flatMap((name) => (name.startsWith('@mortise/') ? [name.slice(9)] : []))
const foreign = (dependencies) =>
  Object.keys(dependencies ?? {}).filter((name) => !name.startsWith('@mortise/'))

/** oxlint: the packages that may be imported are those left over by the negations. */
function restrictedImports(name, allowed, fromWire) {
  const list = allowed.length ? allowed.join(', ') : 'nothing'
  const patterns = [
    {
      group: [
        '@mortise/*',
        '@mortise/*/*',
        ...allowed.flatMap((other) => [`!@mortise/${other}`, `!@mortise/${other}/*`]),
      ],
      message: `${name} imports ${list} (see the map in CONTRIBUTING.md)`,
    },
  ]
  const paths = fromWire && [
    {
      name: '@mortise/wire',
      allowImportNames: fromWire,
      message: `${name} takes only code points and inWords from wire`,
    },
  ]
  return { 'eslint/no-restricted-imports': ['error', { ...(paths && { paths }), patterns }] }
}

const sources = (name) => [`packages/${name}/src/**`]
const tests = (name) => [`packages/${name}/src/**/*.test.ts`, `packages/${name}/src/**/fixtures/**`]

function oxlintOverrides() {
  return [...packageOverrides(), ...appOverrides()]
}

function appOverrides() {
  return Object.entries(apps).flatMap(([name, { folders }]) =>
    Object.entries(folders).map(([folder, imports]) => ({
      files: [`apps/${name}/${folder}/**`],
      rules: restrictedImports(`${folder} of ${name}`, imports),
    })),
  )
}

function packageOverrides() {
  return Object.entries(arrows).flatMap(([name, { imports, tests: extra = [], fromWire }]) => [
    { files: sources(name), rules: restrictedImports(name, imports, fromWire) },
    ...(extra.length > 0 || fromWire
      ? [
          {
            files: tests(name),
            rules: restrictedImports(`a test of ${name}`, [...new Set([...imports, ...extra])]),
          },
        ]
      : []),
  ])
}

/** turbo looks at dependencies of dependencies and takes devDependencies for dependencies: a list is the closure of both. */
function turboTags() {
  const direct = (name) =>
    apps[name]
      ? [...appImports(name), ...(apps[name].tests ?? [])]
      : [...arrows[name].imports, ...(arrows[name].tests ?? [])]
  const below = (name, seen = new Set()) => {
    for (const other of direct(name)) if (!seen.has(other)) below(other, seen.add(other))
    return seen
  }
  return Object.fromEntries(
    [...Object.keys(arrows), ...Object.keys(apps)].map((name) => [
      name,
      { dependencies: { allow: [...below(name)].toSorted((a, b) => a.localeCompare(b)) } },
    ]),
  )
}

const appImports = (name) => [...new Set(Object.values(apps[name].folders).flat())]

function generate(file, update) {
  const before = existsSync(`${root}/${file}`) ? read(file) : {}
  const after = update(structuredClone(before))
  if (isDeepStrictEqual(before, after)) return
  if (compareOnly) {
    problems.push(`${file} is not what scripts/arrows.mjs makes: run it`)
    return
  }
  writeFileSync(`${root}/${file}`, JSON.stringify(after))
  execFileSync(process.execPath, [`${root}/node_modules/oxfmt/bin/oxfmt`, file], {
    cwd: root,
    stdio: 'inherit',
  })
}

function checkPackage(name) {
  const { imports, libraries = [], tests: testImports = [] } = arrows[name]
  const { dependencies, devDependencies } = read(`packages/${name}/package.json`)
  const at = `packages/${name}`
  for (const other of own(dependencies))
    expect(imports.includes(other), `${at}/package.json: no arrow ${name} → ${other}`)
  for (const other of own(devDependencies))
    expect(testImports.includes(other), `${at}/package.json: tests of ${name} may not import ${other}`)
  for (const library of foreign(dependencies))
    expect(libraries.includes(library), `${at}/package.json: ${name} may not depend on ${library}`)

  expect(
    isDeepStrictEqual(read(`${at}/turbo.json`).tags, [name]),
    `${at}/turbo.json: tags must be ["${name}"]`,
  )
  const references = (file) => (read(file).references ?? []).map(({ path }) => path).toSorted()
  const builds = (names) => names.map((other) => `../${other}/tsconfig.build.json`)
  for (const [file, wanted] of [
    [`${at}/tsconfig.build.json`, builds(own(dependencies))],
    [`${at}/tsconfig.json`, ['./tsconfig.build.json', ...builds(own(devDependencies))]],
  ])
    expect(
      isDeepStrictEqual(references(file), wanted.toSorted()),
      `${file}: references must be ${wanted.join(', ')}, as in package.json`,
    )
}

function checkApp(name) {
  const at = `apps/${name}`
  const { dependencies, devDependencies } = read(`${at}/package.json`)
  for (const other of own(dependencies))
    expect(appImports(name).includes(other), `${at}/package.json: no arrow ${name} → ${other}`)
  for (const other of own(devDependencies))
    expect(apps[name].tests?.includes(other), `${at}/package.json: tests of ${name} may not import ${other}`)
  for (const library of foreign(dependencies))
    expect(apps[name].libraries.includes(library), `${at}/package.json: ${name} may not depend on ${library}`)
  expect(
    isDeepStrictEqual(read(`${at}/turbo.json`).tags, [name]),
    `${at}/turbo.json: tags must be ["${name}"]`,
  )
  const wanted = own({ ...dependencies, ...devDependencies }).map(
    (other) => `../../packages/${other}/tsconfig.build.json`,
  )
  const references = (read(`${at}/tsconfig.json`).references ?? []).map(({ path }) => path)
  expect(
    isDeepStrictEqual(references.toSorted(), wanted.toSorted()),
    `${at}/tsconfig.json: references must be ${wanted.join(', ')}, as in package.json`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  generate('oxlint.arrows.json', () => ({ overrides: oxlintOverrides() }))
  generate('turbo.json', (config) => ({ ...config, boundaries: { ...config.boundaries, tags: turboTags() } }))
  for (const name of readdirSync(`${root}/packages`)) {
    if (!existsSync(`${root}/packages/${name}/package.json`)) continue
    if (arrows[name]) checkPackage(name)
    else problems.push(`packages/${name} has no line in scripts/arrows.mjs`)
  }
  for (const name of existsSync(`${root}/apps`) ? readdirSync(`${root}/apps`) : []) {
    if (!existsSync(`${root}/apps/${name}/package.json`)) continue
    if (apps[name]) checkApp(name)
    else problems.push(`apps/${name} has no line in scripts/arrows.mjs`)
  }
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}
