/**
 * Story: a published page that uses what only some need. Sessions, early data, certificates of its own, compression and channel
 * bindings come with the values that it imports, and work as they do unbundled, against a server that is not bundled.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import * as tls from '@mortise/tls'
import { pipes, readAll, send } from '../doors/transports.ts'
import { browserClient, importBundle } from '../support/bundle.ts'

const values = [
  'channelBinding',
  'clientCredentials',
  'compressedCertificates',
  'externalPreSharedKeys',
  'memorySessions',
  'zlib',
] as const

type Page = Pick<typeof tls, (typeof values)[number]> & {
  readonly open: (
    stream: tls.ByteStream,
    options: Omit<tls.ConnectOptions, 'provider'>,
  ) => Promise<tls.TlsConnection>
}

const provider = nodeCrypto()
const serverName = 'server.example'
const external = { identity: new TextEncoder().encode('sensor'), key: new Uint8Array(32).fill(7) }

let authority: TestAuthority
let page: Page

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  const source = `${browserClient}export { ${values.join(', ')} } from '@mortise/tls'`
  page = await importBundle<Page>(source, { production: true })
})

/** A connection that carries a byte from the server, so that its tickets have come. */
async function visit(
  client: Omit<tls.ConnectOptions, 'provider'>,
  server: Partial<tls.ServerOptions>,
): Promise<readonly [client: tls.TlsConnection, server: tls.TlsConnection]> {
  const [near, far] = pipes()
  const credentials = [await authority.issue([serverName], 'p256')]
  const both = await Promise.all([
    page.open(near, { serverName, ...client }),
    tls.accept(far, { provider, credentials, ...server }),
  ])
  void send(both[1].writable, Uint8Array.of(1))
  expect(await readAll(both[0].readable)).toEqual(Uint8Array.of(1))
  return both
}

describe('a published page', () => {
  it('resumes its sessions, sends early data, and is bound to its channel', async () => {
    const client = { anchors: [authority.certificate], sessions: page.memorySessions() }
    const store = tls.memoryTickets(provider)
    const server = {
      tickets: { store, earlyData: { maxSize: 1000, replayGuard: tls.memoryReplayGuard() } },
    }
    const [first] = await visit(client, server)
    expect(first.info).toMatchObject({ resumed: false, earlyData: false })
    let accepted: Promise<boolean> | undefined
    const [near, far] = await visit(
      {
        ...client,
        earlyData: async (early) => {
          accepted = early.accepted
          await early.write(new TextEncoder().encode('early'))
        },
      },
      server,
    )
    expect(near.info).toMatchObject({ resumed: true, earlyData: true })
    expect(await accepted).toBe(true)
    expect(far.earlyData && new TextDecoder().decode(await readAll(far.earlyData))).toBe('early')
    expect(await page.channelBinding(near, 'tls-exporter')).toEqual(
      await tls.channelBinding(far, 'tls-exporter'),
    )
  })

  it('shows a certificate, compressed, and takes a compressed one', async () => {
    const own = await authority.issue(['page.example'], 'p256')
    const seen: number[] = []
    const [, far] = await visit(
      {
        anchors: [authority.certificate],
        credentials: page.clientCredentials([own]),
        certificateCompression: page.compressedCertificates([page.zlib()]),
        trace: ({ kind, bytes }) => void (kind === 'handshake' && seen.push(bytes[0] ?? 0)),
      },
      {
        clientAuthentication: { mode: 'require', anchors: [authority.certificate] },
        certificateCompression: tls.compressedCertificates([tls.zlib()]),
      },
    )
    expect(far.info.peer?.certificates).toEqual(own.certificates)
    // CompressedCertificate (RFC 8879 §4) is message 25, Certificate 11
    expect(seen.filter((type) => type === 25)).toHaveLength(2)
    expect(seen).not.toContain(11)
  })

  it('knows the server by a key that both have', async () => {
    const [near] = await visit(
      { preSharedKeys: page.externalPreSharedKeys([external]) },
      { findPreSharedKey: () => external },
    )
    expect(near.info).toMatchObject({
      resumed: true,
      peer: undefined,
      preSharedKeyIdentity: external.identity,
    })
  })
})
