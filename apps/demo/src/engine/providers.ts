/** The crypto providers of the page, each loaded when it is first asked for. */
import { cipherSuites, type SigningProvider } from '@mortise/crypto'
import { CipherSuite, NamedGroup } from '@mortise/wire'
import { groupNames, suiteNames, type GroupName, type ProviderName, type SuiteName } from './settings.ts'

const loaders: Readonly<Record<ProviderName, () => Promise<SigningProvider>>> = {
  noble: async () => (await import('@mortise/crypto-noble')).noble(),
  webcrypto: async () => (await import('@mortise/crypto-webcrypto')).detectWebcrypto(),
  peculiar: async () => (await import('../peculiar/load.ts')).loadPeculiar(),
  mixed: async () => {
    const [webcrypto, noble] = await Promise.all([loadProvider('webcrypto'), loadProvider('noble')])
    return { ...webcrypto, name: 'mixed', hashes: noble.hashes }
  },
}

const loaded = new Map<ProviderName, Promise<SigningProvider>>()

export function loadProvider(name: ProviderName): Promise<SigningProvider> {
  const known = loaded.get(name)
  if (known) return known
  const loading = loaders[name]()
  loaded.set(name, loading)
  return loading
}

/** What a provider can do here: a browser's WebCrypto may lack curves, ML-KEM or ChaCha20. */
export interface Abilities {
  readonly suites: ReadonlySet<SuiteName>
  readonly groups: ReadonlySet<GroupName>
  readonly schemes: ReadonlySet<string>
}

export function abilitiesOf(provider: SigningProvider): Abilities {
  const suites: ReadonlySet<number> = new Set(cipherSuites(provider).map(({ suite }) => suite))
  const groups: ReadonlySet<number> = new Set(provider.groups.map(({ group }) => group))
  return {
    suites: new Set(suiteNames.filter((name) => suites.has(CipherSuite[name]))),
    groups: new Set(groupNames.filter((name) => groups.has(NamedGroup[name]))),
    schemes: new Set(provider.signatures.map(({ name }) => name)),
  }
}

/** A provider that can do all that the other can: where the first lacks something, the second lends it. */
export function completed(provider: SigningProvider, lender: SigningProvider): SigningProvider {
  const missing = <Item>(own: readonly Item[], others: readonly Item[], key: keyof Item): readonly Item[] =>
    others.filter((other) => !own.some((item) => item[key] === other[key]))
  return {
    ...provider,
    aeads: [...provider.aeads, ...missing(provider.aeads, lender.aeads, 'name')],
    groups: [...provider.groups, ...missing(provider.groups, lender.groups, 'group')],
    signatures: [...provider.signatures, ...missing(provider.signatures, lender.signatures, 'name')],
    importPrivateKey: async (key) => {
      try {
        return await provider.importPrivateKey(key)
      } catch {
        return lender.importPrivateKey(key)
      }
    },
  }
}
