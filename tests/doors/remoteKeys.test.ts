/** Story: keys live in a KMS, which answers late, or never (issue: whoever waits must be able to give up). */
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import {
  accept,
  clientCredentials,
  connect,
  delegateCredential,
  delegatedCredentials,
  loadCredential,
  type ConnectOptions,
  type Credential,
  type ServerOptions,
  type TlsConnection,
} from '@mortise/tls'
import { SignatureScheme } from '@mortise/wire'
import { pipes, readAll, recorded } from './transports.ts'

const provider = nodeCrypto()
let authority: TestAuthority
let credential: Credential
let own: Credential

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  const extensions = [{ type: '1.3.6.1.4.1.44363.44', value: Uint8Array.of(5, 0) }]
  credential = await authority.issue(['localhost'], 'p256', { extensions })
  own = await authority.issue(['client'], 'ed25519')
})

interface Remote {
  readonly credential: Credential
  /** How many signatures were asked for, and how many of them were given up. */
  readonly seen: { asked: number; aborted: number }
  /** Lets what waits be signed. */
  readonly answer: () => void
}

/** A key behind a network: signs when told to. */
function remote(from: Credential): Remote {
  const seen = { asked: 0, aborted: 0 }
  const waiting: (() => void)[] = []
  return {
    seen,
    answer: () => {
      for (const go of waiting.splice(0)) go()
    },
    credential: {
      ...from,
      key: {
        ...from.key,
        sign: async (scheme, message, options) => {
          seen.asked++
          options?.signal?.addEventListener('abort', () => seen.aborted++)
          await new Promise<void>((resolve) => {
            waiting.push(resolve)
          })
          return from.key.sign(scheme, message)
        },
      },
    },
  }
}

const until = async (reached: () => boolean): Promise<void> => {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 1))
}

function meet(
  client: Partial<ConnectOptions>,
  server: Partial<ServerOptions>,
): readonly [Promise<TlsConnection>, Promise<TlsConnection>, sent: readonly Uint8Array[]] {
  const [near, far] = pipes()
  const watched = { client: recorded(near), server: recorded(far) }
  const both = [
    connect(watched.client.stream, {
      provider,
      serverName: 'localhost',
      anchors: [authority.certificate],
      ...client,
    }),
    accept(watched.server.stream, { provider, credentials: [credential], ...server }),
  ] as const
  for (const promise of both) promise.catch(() => {})
  return [...both, client.signal ? watched.client.sent : watched.server.sent]
}

const clientAuthentication = (mode: 'none' | 'require') => ({
  clientAuthentication: { mode, anchors: [authority.certificate] },
})

describe('a key that answers late', () => {
  it('signs for a server, for a client, and for a client that is asked later', async () => {
    const [server, client] = [remote(credential), remote(own)]
    const [near, far] = meet(
      { credentials: clientCredentials([client.credential], { postHandshake: true }) },
      { credentials: [server.credential], ...clientAuthentication('require') },
    )
    await until(() => server.seen.asked === 1)
    server.answer()
    await until(() => client.seen.asked === 1)
    client.answer()
    const [connected, accepted] = await Promise.all([near, far])
    expect(accepted.info.peer?.certificates).toEqual(own.certificates)
    const reading = Promise.all([readAll(connected.readable), readAll(accepted.readable)])
    const again = accepted.requestClientCertificate()
    await until(() => client.seen.asked === 2)
    client.answer()
    expect((await again)?.certificates).toEqual(own.certificates)
    await Promise.all([connected.close(), accepted.close()])
    await reading
  })

  it('signs delegated credentials', async () => {
    const kms = remote(credential)
    const edge = await provider.importPrivateKey({ pkcs8: await pkcs8() })
    const making = delegateCredential(kms.credential, {
      publicKey: edge.publicKey,
      scheme: SignatureScheme.ed25519,
    })
    await until(() => kms.seen.asked === 1)
    kms.answer()
    const delegated = await loadCredential({
      provider,
      certificates: credential.certificates,
      privateKey: edge,
      delegatedCredential: await making,
    })
    const [near] = meet(
      { delegatedCredentials: delegatedCredentials([SignatureScheme.ed25519]) },
      { credentials: [delegated] },
    )
    expect((await near).info.peerSignatureScheme).toBe(SignatureScheme.ed25519)
  })
})

describe('who waits for a key that never answers', () => {
  it.each(['server', 'client'] as const)(
    'can give up: the %s is free at once, the key is told, and nothing follows the alert',
    async (role) => {
      const kms = remote(role === 'server' ? credential : own)
      const controller = new AbortController()
      const { signal } = controller
      const [near, far, sent] =
        role === 'server'
          ? meet({}, { credentials: [kms.credential], signal })
          : meet(
              { credentials: clientCredentials([kms.credential]), signal },
              clientAuthentication('require'),
            )
      await until(() => kms.seen.asked === 1)
      controller.abort('enough')
      const mine = role === 'server' ? far : near
      await expect(mine).rejects.toMatchObject({ code: 'ERR_TLS_ABORTED', cause: 'enough' })
      expect(kms.seen.aborted).toBe(1)
      await expect(role === 'server' ? near : far).rejects.toMatchObject({ name: 'TlsError' })
      // The answer comes after all, and is of no use to anybody
      const before = sent.length
      kms.answer()
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(sent).toHaveLength(before)
    },
  )

  it('a client that is asked later can give up as well', async () => {
    const kms = remote(own)
    const controller = new AbortController()
    const [near, far] = meet(
      {
        credentials: clientCredentials([kms.credential], { postHandshake: true }),
        signal: controller.signal,
      },
      clientAuthentication('none'),
    )
    const [connected, accepted] = await Promise.all([near, far])
    const reading = Promise.allSettled([readAll(connected.readable), readAll(accepted.readable)])
    const asked = accepted.requestClientCertificate()
    await until(() => kms.seen.asked === 1)
    controller.abort()
    await expect(asked).rejects.toMatchObject({ name: 'TlsError' })
    await expect(connected.closed).rejects.toMatchObject({ code: 'ERR_TLS_ABORTED' })
    expect(kms.seen.aborted).toBe(1)
    kms.answer()
    await reading
  })

  it('a key that fails is an internal error, and the peer is told', async () => {
    const broken: Credential = {
      ...credential,
      key: { ...credential.key, sign: () => Promise.reject(new Error('quota exceeded')) },
    }
    const [near, far] = meet({}, { credentials: [broken] })
    await expect(far).rejects.toMatchObject({ code: 'ERR_TLS_INTERNAL', cause: new Error('quota exceeded') })
    await expect(near).rejects.toMatchObject({ code: 'ERR_TLS_ALERT_RECEIVED', alert: 80 })
  })
})

async function pkcs8(): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto
  const pair = await subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])
  return new Uint8Array(await subtle.exportKey('pkcs8', pair.privateKey))
}
