/** Options of both ends that many rows begin with. */
import { clientCredentials } from '@mortise/tls'
import { CipherSuite, NamedGroup } from '@mortise/wire'
import { anchors, clientCredential, session, type WrongClient } from '../scenario.ts'

/** A client that offers a session that the server knows, early data with it if `earlyData` bytes are allowed. */
export async function resuming(earlyData?: number): Promise<WrongClient> {
  const { session: first, store } = await session(earlyData === undefined ? {} : { earlyData })
  return {
    client: { sessions: [first], sessionContext: first.context, earlyData: earlyData !== undefined },
    server: {
      tickets: {
        store,
        ...(earlyData === undefined
          ? {}
          : { earlyData: { maxSize: earlyData, replayGuard: { isFirstUse: () => true } } }),
      },
    },
  }
}

/** A server that asks for a share of secp256r1, which the client did not send. */
export const retrying: WrongClient = {
  client: { groups: [NamedGroup.x25519, NamedGroup.secp256r1], keyShares: [NamedGroup.x25519] },
  server: { groups: [NamedGroup.secp256r1] },
}

/** A client with a certificate, and a server that wants one. */
export const authenticating: WrongClient = {
  client: { credentials: clientCredentials([clientCredential], { postHandshake: true }) },
  server: { clientAuthentication: { mode: 'require', anchors } },
}

export const key = {
  identity: new TextEncoder().encode('a key of the tests'),
  key: new Uint8Array(32).fill(7),
}

/** A client that offers a key that the server knows, bound to SHA-256. */
export const sharingKey: WrongClient = {
  client: { external: [key] },
  server: { findPreSharedKey: () => key, cipherSuites: [CipherSuite.TLS_AES_128_GCM_SHA256] },
}
