// npm >= 11.16 drops optional platform packages the registry cannot serve from package-lock.json,
// and `npm ci` then rejects that lock file (npm/cli#9846). Put an entry (exact version, os, cpu; no
// integrity) back for each of them, so that the lock file is complete on every platform.
import { readFileSync, writeFileSync } from 'node:fs'

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const OS = {
  darwin: 'darwin',
  linux: 'linux',
  linuxmusl: 'linux',
  win32: 'win32',
  windows: 'win32',
  win: 'win32',
  freebsd: 'freebsd',
  android: 'android',
  openharmony: 'openharmony',
  aix: 'aix',
  sunos: 'sunos',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
}
const CPU = {
  x64: 'x64',
  64: 'x64',
  arm64: 'arm64',
  aarch64: 'arm64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  mips64el: 'mips64el',
  wasm32: 'wasm32',
}
let added = 0
for (const [at, pkg] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(pkg.optionalDependencies ?? {})) {
    let dir = at,
      found = false
    for (;;) {
      // node resolution upwards
      if (lock.packages[`${dir ? `${dir}/` : ''}node_modules/${name}`]) {
        found = true
        break
      }
      if (!dir) break
      const cut = dir.lastIndexOf('node_modules/')
      dir = cut <= 0 ? '' : dir.slice(0, cut - 1)
    }
    if (found) continue
    const parts = name.split('/').pop().split('-')
    const os = parts.map((p) => OS[p]).find(Boolean)
    const cpu = parts.map((p) => CPU[p]).find(Boolean)
    const libc = parts.includes('musl')
      ? ['musl']
      : parts.includes('gnu') && os === 'linux'
        ? ['glibc']
        : undefined
    lock.packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      ...(cpu && { cpu: [cpu] }),
      ...(pkg.dev && { dev: true }),
      ...(libc && { libc }),
      optional: true,
      ...(os && { os: [os] }),
    }
    added++
    console.log('added', name, range, os ?? '-', cpu ?? '-', libc ?? '')
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')),
)
if (process.argv.includes('--check')) process.exitCode = added ? 1 : 0
else writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} entries added`)
