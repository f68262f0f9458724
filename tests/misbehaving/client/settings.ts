/** Options of both ends that many rows begin with. */
import { externalPreSharedKeys } from '@mortise/tls'
import { CipherSuite, NamedGroup } from '@mortise/wire'
import { holding, session, type WrongServer } from '../scenario.ts'

/** What resumes a session. */
export async function resumed(earlyData?: number): Promise<WrongServer> {
  const { session: first, store } = await session(earlyData === undefined ? {} : { earlyData })
  return {
    client: { sessions: holding(first), earlyData: earlyData !== undefined },
    server: {
      tickets: {
        ...store,
        ...(earlyData === undefined ? {} : { earlyData: { maxSize: earlyData, isFirstUse: () => true } }),
      },
    },
  }
}

/** What makes an honest server ask for another share: of secp256r1. */
export const retried: WrongServer = {
  client: { groups: [NamedGroup.x25519, NamedGroup.secp256r1], keyShares: [NamedGroup.x25519] },
  server: { groups: [NamedGroup.secp256r1] },
}

const key = { identity: new TextEncoder().encode('a key of the tests'), key: new Uint8Array(32).fill(7) }

/** A key that both ends know, bound to SHA-256. */
export function externalKey(options: Partial<NonNullable<WrongServer['client']>>): WrongServer {
  const { pskKeyExchangeModes } = options
  return {
    client: { preSharedKeys: externalPreSharedKeys([key]), ...options },
    server: {
      findPreSharedKey: () => key,
      cipherSuites: [CipherSuite.TLS_AES_128_GCM_SHA256],
      ...(pskKeyExchangeModes ? { pskKeyExchangeModes } : {}),
    },
  }
}
