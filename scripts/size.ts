// Bundles what people ship to browsers, minified, and reports its size. Says how far it is from its budget, and fails
// over a ceiling, which only ever comes down, or where a bundle holds what it must not: the browser client has no use for Node, for noble,
// for a server (ExpectSecondClientHello is the name of a state that only servers have), for whole registries (in which
// names end in _RESERVED), or for features that it does not import.
import { gzipSync } from 'node:zlib'
import { browserClient, bundle } from '../tests/support/bundle.ts'

interface Bundle {
  readonly name: string
  /** The module a user would write. */
  readonly entry: string
  /** kB (1000 bytes) of gzip: what it is meant to be. */
  readonly budget?: number
  /** kB of gzip: what it must not grow over in the meantime. Default: the budget. */
  readonly ceiling?: number
  readonly mustNotContain?: readonly string[]
}

const all = (name: string): Bundle => ({ name, entry: `export * from '@mortise/${name}'` })

/** What is left, in a published page, of features that are values: credentials, pre-shared keys, and so on. */
const unasked = [
  'oidFilters',
  'res binder',
  'c e traffic',
  'EXPORTER-Channel-Binding',
  'ERR_TLS_CERTIFICATE_DECOMPRESSION',
  'ERR_TLS_BAD_DELEGATED_CREDENTIAL',
]

const bundles: readonly Bundle[] = [
  ...['wire', 'crypto', 'record', 'handshake', 'x509', 'tls', 'crypto-webcrypto', 'crypto-noble'].map(all),
  {
    name: 'browser client',
    entry: browserClient,
    budget: 40,
    ceiling: 48,
    mustNotContain: ['node:', 'noble', 'ExpectSecondClientHello', '_RESERVED', ...unasked],
  },
]

console.log(`${'bundle'.padEnd(18)}${'minified'.padStart(10)}${'gzip'.padStart(10)}`)
for (const { name, entry, budget, ceiling = budget, mustNotContain = [] } of bundles) {
  const code = await bundle(entry, { production: true })
  const minified = Buffer.byteLength(code) / 1000
  const gzip = gzipSync(code, { level: 9 }).length / 1000
  const format = (size: number) => `${size.toFixed(1)} kB`.padStart(10)
  const over = budget !== undefined && gzip > budget ? `, ${(gzip - budget).toFixed(1)} kB over` : ''
  console.log(
    `${name.padEnd(18)}${format(minified)}${format(gzip)}${budget === undefined ? '' : `  budget ${budget} kB${over}`}`,
  )
  const fail = (problem: string) => {
    console.error(`${name}: ${problem}`)
    process.exitCode = 1
  }
  if (ceiling !== undefined && gzip > ceiling) fail(`over its ceiling of ${ceiling} kB`)
  for (const text of mustNotContain) if (code.includes(text)) fail(`contains ${JSON.stringify(text)}`)
}
