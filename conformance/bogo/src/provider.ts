/** The provider under test, from the environment; `-async` asks for one that answers with promises. */
import type { AeadKey, SigningProvider } from '@mortise/crypto'

export async function createProvider(async: boolean): Promise<SigningProvider> {
  const provider = await named(process.env['MORTISE_PROVIDER'] ?? 'node')
  return async && provider.name !== 'webcrypto' ? asynchronous(provider) : provider
}

async function named(name: string): Promise<SigningProvider> {
  switch (name) {
    case 'node':
      return (await import('@mortise/crypto-node')).nodeCrypto()
    case 'noble':
      return (await import('@mortise/crypto-noble')).noble()
    case 'webcrypto':
      return (await import('@mortise/crypto-webcrypto')).detectWebcrypto()
    default:
      throw new Error(`no provider is called ${name}`)
  }
}

/** The same provider, every answer a promise. */
function asynchronous(provider: SigningProvider): SigningProvider {
  return {
    ...provider,
    aeads: provider.aeads.map((aead) => ({
      ...aead,
      key: async (secret) => asynchronousKey(await aead.key(secret), aead.tagLength),
    })),
    groups: provider.groups.map((group) => ({
      ...group,
      offer: async () => {
        const offer = await group.offer()
        return { ...offer, complete: async (share) => offer.complete(share) }
      },
      respond: async (share) => group.respond(share),
    })),
    signatures: provider.signatures.map((algorithm) => ({
      ...algorithm,
      verify: async (...input) => algorithm.verify(...input),
    })),
  }
}

function asynchronousKey(key: AeadKey, tagLength: number): AeadKey {
  if (!key.sync) return key
  return {
    sync: false,
    maxInFlight: 4,
    destroy: key.destroy,
    seal: async (nonce, associatedData, content, trailer) => {
      const out = new Uint8Array(content.length + trailer.length + tagLength)
      key.sealInto(nonce, associatedData, content, trailer, out, 0)
      return out
    },
    open: async (nonce, associatedData, sealed) => key.open(nonce, associatedData, sealed),
  }
}
