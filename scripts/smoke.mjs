// Installs the packed packages in an empty project, loads each by import and by require, and starts the program.
// Run it after a build, with each Node that has to work.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const dir = mkdtempSync(join(tmpdir(), 'smoke-'))
const windows = process.platform === 'win32'
const npm = (args, cwd) =>
  execFileSync('npm', [...args, '--loglevel=error'], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: windows,
  })

/** Every module that the package exports. */
function specifiers(manifest) {
  return Object.keys(manifest.exports)
    .filter((path) => path !== './package.json')
    .map((path) => manifest.name + path.slice(1))
}

try {
  const manifests = readdirSync('packages').map((name) =>
    JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8')),
  )
  npm(['pack', ...manifests.map(({ name }) => `--workspace=${name}`), `--pack-destination=${dir}`], '.')
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ private: true }))
  const tarballs = readdirSync(dir).filter((file) => file.endsWith('.tgz'))
  npm(['install', '--no-audit', '--no-fund', ...tarballs.map((file) => `./${file}`)], dir)

  const modules = manifests.flatMap(specifiers)
  const programs = {
    'load.mjs': modules.map((name) => `await import(${JSON.stringify(name)})`),
    'load.cjs': modules.map((name) => `require(${JSON.stringify(name)})`),
  }
  for (const [file, lines] of Object.entries(programs)) {
    writeFileSync(join(dir, file), lines.join('\n'))
    execFileSync(process.execPath, ['--throw-deprecation', file], { cwd: dir, stdio: 'inherit' })
  }
  const { bin } = manifests.find(({ name }) => name === '@mortise/cli')
  const help = execFileSync(
    process.execPath,
    [join(dir, 'node_modules/@mortise/cli', bin.mortise), '--help'],
    { encoding: 'utf8' },
  )
  if (!help.includes('mortise connect')) throw new Error(`mortise --help says:\n${help}`)
  console.log(`${modules.length} modules load and mortise --help answers on Node ${process.version}`)
} finally {
  rmSync(dir, { recursive: true, force: true })
}
