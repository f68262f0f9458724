/** `@mortise/tls-node` with a provider. */
import type { SigningProvider } from '@mortise/crypto'
import { loadCredential, sealedTickets } from '@mortise/tls'
import { connect, createServer } from '@mortise/tls-node'
import { CipherSuite, NamedGroup } from '@mortise/wire'
import { bareCosts } from './bare.ts'
import { hostName, type Identity } from './identity.ts'
import { algorithms, type Subject } from './subject.ts'

export async function mortise(name: string, provider: SigningProvider, identity: Identity): Promise<Subject> {
  const common = {
    provider,
    cipherSuites: [CipherSuite[algorithms.suite]],
    groups: [NamedGroup[algorithms.group]],
  }
  const credential = await loadCredential({
    provider,
    certificates: [identity.certificate],
    privateKey: identity.privateKey,
  })
  const anchors = [identity.anchor]
  // node:tls sends two tickets after each handshake, and so do we here
  const key = { name: provider.random(16), key: provider.random(32) }
  const store = sealedTickets(provider, { current: key })
  return {
    name: `mortise, ${name}`,
    listen: (connected) =>
      createServer({ ...common, credentials: [credential], tickets: { store, count: 2 } }, connected).listen(
        0,
        '127.0.0.1',
      ),
    connect: (port) => connect({ ...common, port, host: '127.0.0.1', serverName: hostName, anchors }),
    bare: bareCosts(provider, identity.privateKey),
  }
}
