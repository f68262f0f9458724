/** The whole of a handshake, seen from outside: what either side asks of its owner, and in which order. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CryptoProvider } from '@mortise/crypto'
import { CipherSuite, isTlsError, NamedGroup, SignatureScheme } from '@mortise/wire'
import { nameOf } from './fixtures/alter.ts'
import { infoOf, makeCredential, parties, trusting, type Parties } from './fixtures/parties.ts'
import { provider } from './fixtures/providers.ts'
import { clientCredentials, type Credential, type HandshakeAction } from './index.ts'

let server: Credential
let alice: Credential

beforeAll(async () => {
  server = await makeCredential('server')
  alice = await makeCredential('alice')
})

/** `send ClientHello at initial` and the like: the order is the contract. */
function summary(actions: readonly HandshakeAction[]): readonly string[] {
  return actions
    .filter(({ kind }) => kind !== 'keyLog')
    .map((action) => {
      if (action.kind === 'send') return `send ${nameOf(action.message)} at ${action.level}`
      if (action.kind === 'installReadKeys' || action.kind === 'installWriteKeys')
        return `${action.kind} ${action.level}`
      return action.kind === 'allowChangeCipherSpec' ? `${action.kind} ${action.allowed}` : action.kind
    })
}

describe('a handshake with a certificate', () => {
  it('RFC 9846 §2: one round trip, then both may write application data', async () => {
    const both = parties({ verifier: trusting(server) }, { credentials: [server] })
    await both.shakeHands()
    expect(summary(both.actions.client)).toEqual([
      'send ClientHello at initial',
      'allowChangeCipherSpec true',
      'installReadKeys handshake',
      'sendChangeCipherSpec',
      'installWriteKeys handshake',
      'allowChangeCipherSpec false',
      'installReadKeys application',
      'send Finished at handshake',
      'installWriteKeys application',
      'complete',
    ])
    expect(summary(both.actions.server)).toEqual([
      'allowChangeCipherSpec true',
      'send ServerHello at initial',
      'sendChangeCipherSpec',
      'installWriteKeys handshake', // at once: an alert must not go out in the clear any more
      'installReadKeys handshake',
      'send EncryptedExtensions at handshake',
      'send Certificate at handshake',
      'send CertificateVerify at handshake',
      'send Finished at handshake',
      'installWriteKeys application',
      'allowChangeCipherSpec false',
      'installReadKeys application',
      'complete',
    ])
    expect(both.client.state).toBe('Connected')
    expect(both.server.state).toBe('Connected')
  })

  it('both sides log the same secrets, with the random of the ClientHello (RFC 9850)', async () => {
    const both = parties({ verifier: trusting(server) }, { credentials: [server] })
    await both.shakeHands()
    const lines = both.keyLog.client.toSorted()
    expect(lines).toEqual(both.keyLog.server.toSorted())
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'CLIENT_HANDSHAKE_TRAFFIC_SECRET',
      'CLIENT_TRAFFIC_SECRET_0',
      'EXPORTER_SECRET',
      'SERVER_HANDSHAKE_TRAFFIC_SECRET',
      'SERVER_TRAFFIC_SECRET_0',
    ])
  })

  it('says what was negotiated', async () => {
    const options = {
      cipherSuites: [CipherSuite.TLS_AES_256_GCM_SHA384],
      groups: [NamedGroup.secp256r1],
      alpn: ['h2'],
    }
    const both = parties(
      { ...options, serverName: 'example.org', verifier: trusting(server) },
      { ...options, credentials: [server] },
    )
    await both.shakeHands()
    const common = {
      cipherSuite: CipherSuite.TLS_AES_256_GCM_SHA384,
      group: NamedGroup.secp256r1,
      alpn: 'h2',
      serverName: 'example.org',
      helloRetryRequest: false,
      resumed: false,
      earlyData: false,
      approval: provider.groups[0]?.approval,
    }
    const scheme = SignatureScheme.ecdsa_secp256r1_sha256
    expect(infoOf(both, 'client')).toMatchObject({
      ...common,
      peerSignatureScheme: scheme,
      localSignatureScheme: undefined,
      peer: { certificates: server.certificates, publicKey: server.key.publicKey },
    })
    expect(infoOf(both, 'server')).toMatchObject({
      ...common,
      peerSignatureScheme: undefined,
      localSignatureScheme: scheme,
      peer: undefined,
    })
  })

  it.each([
    CipherSuite.TLS_AES_128_GCM_SHA256,
    CipherSuite.TLS_AES_256_GCM_SHA384,
    CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
    CipherSuite.TLS_AES_128_CCM_SHA256,
    CipherSuite.TLS_AES_128_CCM_8_SHA256,
  ])('goes through with cipher suite 0x%s', async (suite) => {
    const both = parties(
      { cipherSuites: [suite], verifier: trusting(server) },
      { cipherSuites: [suite], credentials: [server] },
    )
    await both.shakeHands()
    expect(infoOf(both, 'client').cipherSuite).toBe(suite)
  })

  it('RFC 9846 §E.4: without compatibility mode there is no change_cipher_spec on either side', async () => {
    const both = parties({ compatibilityMode: false, verifier: trusting(server) }, { credentials: [server] })
    await both.shakeHands()
    expect(summary(both.actions.client)).not.toContain('sendChangeCipherSpec')
    expect(summary(both.actions.server)).not.toContain('sendChangeCipherSpec')
  })
})

describe('a handshake in which the client is asked for a certificate (RFC 9846 §4.4.2)', () => {
  const ask = {
    required: true,
    verifier: { verify: () => ({ publicKey: alice.key.publicKey, certificates: [] }) },
  }

  it('the client answers with Certificate and CertificateVerify before its Finished', async () => {
    const both = parties(
      { credentials: clientCredentials([alice]), verifier: trusting(server) },
      { credentials: [server], clientAuthentication: ask },
    )
    await both.shakeHands()
    const sent = both.actions.client.flatMap((action) =>
      action.kind === 'send' ? [nameOf(action.message)] : [],
    )
    expect(sent).toEqual(['ClientHello', 'Certificate', 'CertificateVerify', 'Finished'])
    expect(infoOf(both, 'server').peer?.publicKey).toEqual(alice.key.publicKey)
    expect(infoOf(both, 'server').peerSignatureScheme).toBe(SignatureScheme.ecdsa_secp256r1_sha256)
    expect(infoOf(both, 'client').localSignatureScheme).toBe(SignatureScheme.ecdsa_secp256r1_sha256)
  })

  it('RFC 9846 §4.5.1: without a certificate the client sends an empty one, and the server may go on', async () => {
    const both = parties(
      { verifier: trusting(server) },
      { credentials: [server], clientAuthentication: { ...ask, required: false } },
    )
    await both.shakeHands()
    const sent = both.actions.client.flatMap((action) =>
      action.kind === 'send' ? [nameOf(action.message)] : [],
    )
    expect(sent).toEqual(['ClientHello', 'Certificate', 'Finished'])
    expect(infoOf(both, 'server').peer).toBeUndefined()
  })
})

describe('the life of a handshake', () => {
  it('a handshake that has failed answers nothing more', async () => {
    const both = parties({ verifier: trusting() }, { credentials: [server] })
    await expect(both.shakeHands()).rejects.toSatisfy(isTlsError)
    const again = both.client.receive(Uint8Array.of(20, 0, 0, 0), 'handshake')
    await expect(again).rejects.toMatchObject({ code: 'ERR_TLS_INTERNAL' })
  })

  it('secrets of a destroyed handshake are gone', async () => {
    const both = parties({ verifier: trusting(server) }, { credentials: [server] })
    await both.shakeHands()
    both.client.destroy()
    both.client.destroy()
    expectDestroyed(both, 'client')
    const exported = both.client.exportKeyingMaterial('label', new Uint8Array(0), 32)
    await expect(exported).rejects.toMatchObject({ code: 'ERR_TLS_CLOSED' })
  })

  it('destroying a handshake half way destroys what it has', async () => {
    const both = parties({ verifier: trusting() }, { credentials: [server] })
    await expect(both.shakeHands()).rejects.toSatisfy(isTlsError)
    both.client.destroy()
    both.server.destroy()
    expectDestroyed(both, 'client')
    expectDestroyed(both, 'server')
  })

  it('destroying a client that waits for an answer destroys its private keys', async () => {
    let [made, gone] = [0, 0]
    const watched: CryptoProvider = {
      ...provider,
      groups: provider.groups.map((group) => ({
        ...group,
        offer: async () => {
          const offer = await group.offer()
          made++
          const destroy = (): void => {
            gone++
            offer.destroy()
          }
          return { ...offer, destroy }
        },
      })),
    }
    const { client } = parties({ provider: watched, verifier: trusting(server) }, { credentials: [server] })
    await client.start()
    client.destroy()
    expect([made > 0, gone]).toEqual([true, made])
  })

  it('what comes too late for a destroyed handshake is destroyed as well, and leads nowhere', async () => {
    let sign = (): void => {}
    let told = (): void => {}
    const asked = new Promise<void>((resolve) => {
      told = resolve
    })
    const slow: Credential = {
      ...server,
      key: {
        ...server.key,
        sign: async (...request) => {
          told()
          await new Promise<void>((resolve) => {
            sign = resolve
          })
          return server.key.sign(...request)
        },
      },
    }
    const both = parties({ verifier: trusting(server) }, { credentials: [slow] })
    const shaking = both.shakeHands()
    await asked
    both.server.destroy()
    sign()
    await expect(shaking).rejects.toMatchObject({ code: 'ERR_TLS_CLOSED' })
    expect(both.actions.server).toEqual([])
  })
})

function expectDestroyed({ actions }: Parties, role: 'client' | 'server'): void {
  const secrets = actions[role].flatMap((action) => (action.kind === 'keyLog' ? [action.secret] : []))
  expect(secrets).not.toHaveLength(0)
  for (const secret of secrets) expect(() => secret.reveal()).toThrow('destroyed')
}
