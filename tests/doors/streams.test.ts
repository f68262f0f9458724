import { beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { detectWebcrypto } from '@mortise/crypto-webcrypto'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import {
  accept,
  clientCredentials,
  connect,
  isTlsError,
  pinned,
  unsafeAcceptAny,
  type ConnectOptions,
  type Credential,
  type ServerOptions,
  type TlsConnection,
} from '@mortise/tls'
import { AlertDescription } from '@mortise/wire'
import { pipes, readAll, send } from './transports.ts'

const provider = nodeCrypto()
let authority: TestAuthority
let credential: Credential

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  credential = await authority.issue(['localhost'])
})

const trusting = (): ConnectOptions => ({
  provider,
  serverName: 'localhost',
  anchors: [authority.certificate],
})

async function pair(
  client: Partial<ConnectOptions> = {},
  server: Partial<ServerOptions> = {},
): Promise<readonly [TlsConnection, TlsConnection]> {
  const [near, far] = pipes()
  return Promise.all([
    connect(near, { ...trusting(), ...client }),
    accept(far, { provider, credentials: [credential], ...server }),
  ])
}

/** What both sides failed with. */
async function failures(
  client: Partial<ConnectOptions>,
  server: Partial<ServerOptions> = {},
): Promise<readonly unknown[]> {
  const [near, far] = pipes()
  const results = await Promise.allSettled([
    connect(near, { ...trusting(), ...client }),
    accept(far, { provider, credentials: [credential], ...server }),
  ])
  return results.map((result) => (result.status === 'rejected' ? result.reason : undefined))
}

describe('connect and accept', () => {
  it('carry bytes both ways, and say what was negotiated', async () => {
    const [client, server] = await pair({ alpn: ['h2', 'echo'] }, { alpn: ['echo'] })
    expect(client.info).toMatchObject({ protocol: 'TLSv1.3', alpn: 'echo', resumed: false, fips: false })
    expect(client.info.peer?.path).toHaveLength(2)
    expect(server.info).toMatchObject({ serverName: 'localhost', peer: undefined })
    const bytes = provider.random(300_000)
    void send(server.writable, bytes)
    void send(client.writable, bytes.toReversed())
    expect(await readAll(client.readable)).toEqual(bytes)
    expect(await readAll(server.readable)).toEqual(bytes.toReversed())
    await Promise.all([client.closed, server.closed])
  })

  it('leave one direction open when the other is closed (RFC 9846 §6.1)', async () => {
    const [client, server] = await pair()
    await client.writable.close()
    expect(await readAll(server.readable)).toHaveLength(0)
    void send(server.writable, Uint8Array.of(1, 2, 3))
    expect(await readAll(client.readable)).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('agree on exported keys, and go on after renewing their own (RFC 9846 §7.5, §4.7.3)', async () => {
    const [client, server] = await pair()
    const context = Uint8Array.of(1)
    expect(await client.exportKeyingMaterial('EXPORTER-test', context, 40)).toEqual(
      await server.exportKeyingMaterial('EXPORTER-test', context, 40),
    )
    await client.updateKeys()
    void send(client.writable, Uint8Array.of(7))
    expect(await readAll(server.readable)).toEqual(Uint8Array.of(7))
  })

  it('take a transport that ends without close_notify for a truncation (RFC 9846 §6.1)', async () => {
    const [near, far] = pipes()
    const cut = new TransformStream<Uint8Array, Uint8Array>()
    const writer = cut.writable.getWriter()
    const reader = near.readable.getReader()
    const cutting = new AbortController()
    void (async () => {
      while (!cutting.signal.aborted) {
        const { value, done } = await reader.read()
        if (done) break
        await writer.write(value)
      }
    })()
    const [client] = await Promise.all([
      connect({ readable: cut.readable, writable: near.writable }, trusting()),
      accept(far, { provider, credentials: [credential] }),
    ])
    cutting.abort()
    await writer.close()
    await expect(readAll(client.readable)).rejects.toMatchObject({ code: 'ERR_TLS_TRUNCATED' })
    await expect(client.closed).rejects.toMatchObject({ code: 'ERR_TLS_TRUNCATED' })
  })

  it('hold a writer back when nobody reads: memory has a bound', async () => {
    const [client, server] = await pair()
    const writer = client.writable.getWriter()
    const chunk = new Uint8Array(65_536)
    let written = 0
    const flood = (async () => {
      for (; written < 400; written++) await writer.write(chunk)
    })().catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(written).toBeLessThan(20)
    await server.close()
    await client.close()
    await writer.abort().catch(() => {})
    await flood
  })

  it('close within a second though the peer says nothing', async () => {
    const [client] = await pair()
    await client.close()
    await client[Symbol.asyncDispose]()
  })
})

describe('nobody gets in who is not trusted', () => {
  it.each([
    [
      'another name',
      { serverName: 'example.org' },
      'ERR_TLS_CERTIFICATE_NAME',
      AlertDescription.bad_certificate,
    ],
    ['no authority', { anchors: [] }, 'ERR_TLS_UNKNOWN_CA', AlertDescription.unknown_ca],
    [
      'a time before the certificate',
      { now: () => Date.now() - 7 * 86_400_000 },
      'ERR_TLS_CERTIFICATE_EXPIRED',
      AlertDescription.certificate_expired,
    ],
  ] as const)('%s', async (_, options, code, alert) => {
    const [near, far] = pipes()
    const [mine, theirs] = await Promise.allSettled([
      connect(near, { ...trusting(), ...options }),
      accept(far, { provider, credentials: [credential] }),
    ])
    expect(mine).toMatchObject({ status: 'rejected', reason: { code, alert, blame: 'certificate' } })
    expect(theirs).toMatchObject({ reason: { code: 'ERR_TLS_ALERT_RECEIVED', alert } })
  })

  it('another pin', async () => {
    const [near, far] = pipes()
    const verifier = pinned([`sha256/${'A'.repeat(43)}=`])
    const [mine] = await Promise.allSettled([
      connect(near, { provider, serverName: 'localhost', verifier }),
      accept(far, { provider, credentials: [credential] }),
    ])
    expect(mine).toMatchObject({
      reason: { code: 'ERR_TLS_CERTIFICATE_UNKNOWN', alert: AlertDescription.certificate_unknown },
    })
  })

  it('refuses to begin without anybody to trust, and with an option that nobody knows', async () => {
    const [near] = pipes()
    for (const options of [
      { provider, serverName: 'localhost' },
      { ...trusting(), verifier: unsafeAcceptAny() },
      { ...trusting(), rejectUnauthorized: false },
      { ...trusting(), groups: [0x9999] },
      { ...trusting(), maxCertificateLength: 0 },
    ])
      await expect(connect(near, options as ConnectOptions)).rejects.toMatchObject({ code: 'ERR_TLS_CONFIG' })
  })

  it('client certificates: asked for, required, and judged by the server', async () => {
    const own = await authority.issue(['client'], 'ed25519')
    const requiring = {
      clientAuthentication: { mode: 'require', anchors: [authority.certificate] },
    } as const
    const [, server] = await pair({ credentials: clientCredentials([own]) }, requiring)
    expect(server.info.peer?.certificates).toEqual(own.certificates)
    const [near, far] = pipes()
    const results = await Promise.allSettled([
      connect(near, trusting()).then((client) => readAll(client.readable)),
      accept(far, { provider, credentials: [credential], ...requiring }),
    ])
    expect(results).toMatchObject([
      { reason: { code: 'ERR_TLS_ALERT_RECEIVED', alert: AlertDescription.certificate_required } },
      { reason: { code: 'ERR_TLS_CERTIFICATE_REQUIRED', alert: AlertDescription.certificate_required } },
    ])
    const [, open] = await pair(
      {},
      { clientAuthentication: { mode: 'request', anchors: [authority.certificate] } },
    )
    expect(open.info.peer).toBeUndefined()
  })
})

describe('giving up', () => {
  it('ends a handshake that takes too long', async () => {
    const [near] = pipes()
    await expect(connect(near, { ...trusting(), handshakeTimeout: 30 })).rejects.toMatchObject({
      code: 'ERR_TLS_HANDSHAKE_TIMEOUT',
    })
  })

  it('heeds a signal before, during and after the handshake', async () => {
    const [near] = pipes()
    await expect(connect(near, { ...trusting(), signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ERR_TLS_ABORTED',
    })
    const controller = new AbortController()
    const waiting = connect(pipes()[0], { ...trusting(), signal: controller.signal })
    setTimeout(() => controller.abort('enough'), 10)
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_TLS_ABORTED', cause: 'enough' })
    const late = new AbortController()
    const [client] = await pair({ signal: late.signal })
    late.abort()
    await expect(client.closed).rejects.toMatchObject({ code: 'ERR_TLS_ABORTED' })
    await expect(readAll(client.readable)).rejects.toSatisfy(isTlsError)
  })

  it('has not ended well for who closes while the reason is still being said', async () => {
    const controller = new AbortController()
    const [client, server] = await pair({ provider: await detectWebcrypto(), signal: controller.signal })
    const heard = server.closed.catch((error: unknown) => error)
    controller.abort(new Error('enough'))
    const closing = client.close() // the alert is not sealed yet
    await expect(client.closed).rejects.toMatchObject({ code: 'ERR_TLS_ABORTED' })
    await closing
    expect(await heard).toMatchObject({ code: 'ERR_TLS_ALERT_RECEIVED' })
  })

  it('tells a key that is far away when its handshake is over', async () => {
    let told: boolean | undefined
    const slow: Credential = {
      ...credential,
      key: {
        ...credential.key,
        sign: (_scheme, _message, options) =>
          new Promise((_resolve, reject) => {
            options?.signal?.addEventListener('abort', () => {
              told = options.signal?.aborted
              reject(new Error('aborted'))
            })
          }),
      },
    }
    const [, failed] = await failures({}, { credentials: [slow], handshakeTimeout: 50 })
    expect(failed).toMatchObject({ code: 'ERR_TLS_HANDSHAKE_TIMEOUT' })
    expect(told).toBe(true)
  })

  it('fails when the transport does', async () => {
    const broken = {
      readable: new ReadableStream<Uint8Array>({
        start: (controller) => controller.error(new Error('gone')),
      }),
      writable: new WritableStream<Uint8Array>(),
    }
    await expect(connect(broken, trusting())).rejects.toMatchObject({
      code: 'ERR_TLS_TRANSPORT',
      cause: new Error('gone'),
    })
  })
})

describe('options by ClientHello', () => {
  it('chooses them, and refuses what the function refuses', async () => {
    const [near, far] = pipes()
    const names: (string | undefined)[] = []
    await Promise.all([
      connect(near, trusting()),
      accept(
        far,
        async ({ serverName }) => {
          names.push(serverName)
          return { provider, credentials: [credential] }
        },
        { handshakeTimeout: 5000 },
      ),
    ])
    expect(names).toEqual(['localhost'])
    const [otherNear, otherFar] = pipes()
    const results = await Promise.allSettled([
      connect(otherNear, trusting()),
      accept(otherFar, () => {
        throw new Error('no such tenant')
      }),
    ])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})
