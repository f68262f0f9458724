// Bundles what people ship to browsers, minified, and reports its size. Fails over a budget, or where a bundle holds what it
// must not: the browser client has no use for Node, for noble, for a server (ExpectSecondClientHello is the name of a
// state that only servers have), for whole registries (in which names end in _RESERVED), or for features that are values
// and that it does not name.
import { gzipSync } from 'node:zlib'
import { browserClient, bundle } from '../tests/support/bundle.ts'

interface Bundle {
  readonly name: string
  /** The module a user would write. */
  readonly entry: string
  /** Default: true, as bundlers have it for pages that are published. */
  readonly production?: boolean
  /** kB (1000 bytes) of gzip. */
  readonly budget?: number
  readonly mustContain?: readonly string[]
  readonly mustNotContain?: readonly string[]
}

const all = (name: string): Bundle => ({ name, entry: `export * from '@mortise/${name}'` })

/** What is left, in a published page, of features that are values: credentials, pre-shared keys, and so on. */
const features = [
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
    mustNotContain: ['node:', 'noble', 'ExpectSecondClientHello', '_RESERVED', ...features],
  },
  { name: '… told in words', entry: browserClient, production: false, mustContain: ['unknown option'] },
  {
    name: '… with all values',
    entry: `${browserClient}
      export {
        channelBinding, clientCredentials, compressedCertificates, delegatedCredentials, externalPreSharedKeys, memorySessions
      } from '@mortise/tls'`,
    mustContain: features,
  },
]

console.log(`${'bundle'.padEnd(18)}${'minified'.padStart(10)}${'gzip'.padStart(10)}`)
for (const { name, entry, production = true, budget, mustContain = [], mustNotContain = [] } of bundles) {
  const code = await bundle(entry, { production })
  const minified = Buffer.byteLength(code) / 1000
  const gzip = gzipSync(code, { level: 9 }).length / 1000
  const format = (size: number) => `${size.toFixed(1)} kB`.padStart(10)
  console.log(
    `${name.padEnd(18)}${format(minified)}${format(gzip)}${budget === undefined ? '' : `  budget ${budget} kB`}`,
  )
  const fail = (problem: string) => {
    console.error(`${name}: ${problem}`)
    process.exitCode = 1
  }
  if (budget !== undefined && gzip > budget) fail(`over its budget of ${budget} kB`)
  for (const text of mustNotContain) if (code.includes(text)) fail(`contains ${JSON.stringify(text)}`)
  for (const text of mustContain) if (!code.includes(text)) fail(`does not contain ${JSON.stringify(text)}`)
}
