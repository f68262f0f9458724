/** The demo's companion: serves the built page, relays for it, and has servers to relay to. Loopback only. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Crypto } from '@peculiar/webcrypto'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { securityHeaders } from './policy.ts'
import { requestUrl } from './requestUrl.ts'
import type { RelayLimits } from './relay/limits.ts'
import { createRelay } from './relay/relay.ts'
import { relayTargets, type RelayTarget } from './relay/targets.ts'
import { serveFiles } from './staticFiles.ts'
import type { ConfiguredTarget } from './targets/configured.ts'
import { httpsServerName, startHttpsTarget } from './targets/https.ts'

export interface DemoOptions {
  /** Of the built page. */
  readonly directory: string
  /** Default: any that is free. */
  readonly port?: number
  readonly configured?: readonly ConfiguredTarget[]
  readonly limits?: Partial<RelayLimits>
}

export interface Demo {
  readonly address: string
  readonly close: () => void
}

/** What a page needs to know of a target: whom to expect there. */
export interface PublishedTarget {
  readonly name: string
  readonly kind: 'https' | 'postgres'
  readonly serverName: string
  /** Base64 of DER; empty: there is nobody to trust. */
  readonly anchors: readonly string[]
}

type Target = RelayTarget & PublishedTarget

const host = '127.0.0.1'

export async function startDemo({
  directory,
  port = 0,
  configured = [],
  limits,
}: DemoOptions): Promise<Demo> {
  const own = await startOwnTargets()
  const targets = [...own.targets, ...configured.map(configuredTarget)]
  const files = serveFiles(directory)
  const published = JSON.stringify(
    targets.map(({ name, kind, serverName, anchors }) => ({ name, kind, serverName, anchors })),
  )
  const server = createServer((request, response) => {
    if (requestUrl(request)?.pathname !== '/targets.json') return files(request, response)
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
    })
    response.end(published)
  })
  const origins = (): readonly string[] => {
    const { port: actual } = server.address() as AddressInfo
    return [`http://${host}:${actual}`, `http://localhost:${actual}`]
  }
  const relay = createRelay({ targets: relayTargets(targets), origins, ...(limits ? { limits } : {}) })
  server.on('upgrade', relay.upgrade)
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    own.close()
    throw error
  }
  return {
    address: `${origins()[0]}/`,
    close: () => {
      relay.close()
      own.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

async function startOwnTargets(): Promise<{
  readonly targets: readonly Target[]
  readonly close: () => void
}> {
  const providers = [
    ['node', nodeCrypto()],
    ['peculiar', await detectWebcrypto({ crypto: new Crypto() })],
  ] as const
  const servers = await Promise.all(
    providers.map(async ([name, provider]) => ({
      name,
      server: await startHttpsTarget(provider, names[name]),
    })),
  )
  return {
    targets: servers.map(({ name, server }) => ({
      name: `https-${name}`,
      kind: 'https',
      host,
      port: server.port,
      serverName: httpsServerName,
      anchors: [Buffer.from(server.anchor).toString('base64')],
    })),
    close: () => servers.forEach(({ server }) => server.close()),
  }
}

const names = { node: 'node:crypto', peculiar: '@peculiar/webcrypto' } as const

function configuredTarget({ name, kind, host: targetHost, port, anchors }: ConfiguredTarget): Target {
  return {
    name,
    kind,
    host: targetHost,
    port,
    serverName: targetHost,
    anchors: anchors.map((der) => Buffer.from(der).toString('base64')),
  }
}
