/** Where the cryptography comes from. Each provider is loaded when it is asked for, so that the program starts quickly. */
import type { SigningProvider } from '@mortise/crypto'
import { UsageError } from './usage.ts'

export type ProviderName = 'node' | 'webcrypto' | 'noble' | 'peculiar' | 'hybrid'

const loaders: Readonly<Record<ProviderName, () => Promise<SigningProvider>>> = {
  node: async () => (await import('@mortise/crypto-node')).nodeCrypto(),
  webcrypto: async () => (await import('@mortise/crypto-webcrypto')).detectWebcrypto(),
  noble: async () => (await import('@mortise/crypto-noble')).noble(),
  peculiar: async () => {
    const [{ Crypto }, { detectWebcrypto }] = await Promise.all([
      import('@peculiar/webcrypto'),
      import('@mortise/crypto-webcrypto'),
    ])
    return detectWebcrypto({ crypto: new Crypto() })
  },
  hybrid: async () => {
    const [webcrypto, { noble }] = await Promise.all([loaders.webcrypto(), import('@mortise/crypto-noble')])
    // Many small hashes are what a handshake is made of: a call that answers at once beats a promise
    return { ...webcrypto, hashes: noble().hashes }
  },
}

export const providerNames: readonly string[] = Object.keys(loaders)

/** @throws UsageError for a name that isn't one */
export function parseProviderName(name: string): ProviderName {
  if (Object.hasOwn(loaders, name)) return name as ProviderName
  throw new UsageError(`--provider ${name}: there are ${providerNames.join(', ')}`)
}

export function loadProvider(name: ProviderName): Promise<SigningProvider> {
  return loaders[name]()
}
