/** Story: an edge server that has no certificate key, only a key of its own that the certificate vouches for (RFC 9345). */
import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import {
  accept,
  connect,
  delegateCredential,
  delegatedCredentials,
  loadCredential,
  type Credential,
} from '@mortise/tls'
import { SignatureScheme } from '@mortise/wire'
import { pipes } from './transports.ts'

const provider = nodeCrypto()
const { ed25519 } = SignatureScheme
const delegationUsage = { type: '1.3.6.1.4.1.44363.44', value: Uint8Array.of(5, 0) }

let authority: TestAuthority
let origin: Credential
let edgeKey: { readonly privateKey: string; readonly publicKey: Uint8Array }

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  origin = await authority.issue(['localhost'], 'p256', { extensions: [delegationUsage] })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  edgeKey = {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
  }
})

const loadEdge = async (from: Credential, validFor = 3600): Promise<Credential> =>
  loadCredential({
    provider,
    certificates: from.certificates,
    privateKey: edgeKey.privateKey,
    delegatedCredential: await delegateCredential(from, {
      publicKey: edgeKey.publicKey,
      scheme: ed25519,
      validFor,
    }),
  })

/** The scheme that the server signed with. */
async function schemeOf(
  credentials: readonly Credential[],
  delegatedSchemes: readonly number[] | undefined,
): Promise<number | undefined> {
  const [near, far] = pipes()
  const [client] = await Promise.all([
    connect(near, {
      provider,
      serverName: 'localhost',
      anchors: [authority.certificate],
      ...(delegatedSchemes ? { delegatedCredentials: delegatedCredentials(delegatedSchemes) } : {}),
    }),
    accept(far, { provider, credentials }),
  ])
  await client.close()
  return client.info.peerSignatureScheme
}

describe('a delegated credential', () => {
  it('serves clients that take such, and the certificate’s own key the others', async () => {
    const credentials = [await loadEdge(origin), origin]
    expect(await schemeOf(credentials, [ed25519])).toBe(ed25519)
    expect(await schemeOf(credentials, undefined)).toBe(SignatureScheme.ecdsa_secp256r1_sha256)
  })

  it('lives no longer than its certificate', async () => {
    const edge = await loadEdge(origin, 604_800)
    expect(edge.delegated?.expiresAt).toBeLessThanOrEqual(Date.now() + 23 * 3_600_000)
    expect(await schemeOf([edge], [ed25519])).toBe(ed25519)
  })

  it('is not made of a certificate that does not allow it, for longer than seven days, or of rubbish', async () => {
    const plain = await authority.issue(['localhost'], 'p256')
    const critical = await authority.issue(['localhost'], 'p256', {
      extensions: [{ ...delegationUsage, critical: true }],
    })
    const malformed = await authority.issue(['localhost'], 'p256', {
      extensions: [{ ...delegationUsage, value: Uint8Array.of(1) }],
    })
    const none = { ...origin, certificates: [] }
    const rubbish = { ...origin, certificates: [Uint8Array.of(1)] }
    for (const credential of [plain, critical, malformed, none, rubbish])
      await expect(loadEdge(credential)).rejects.toMatchObject({ code: 'ERR_TLS_CONFIG' })
    for (const validFor of [0, 604_801])
      await expect(loadEdge(origin, validFor)).rejects.toMatchObject({ code: 'ERR_TLS_CONFIG' })
    const early = delegateCredential(origin, { publicKey: edgeKey.publicKey, scheme: ed25519, now: () => 0 })
    await expect(early).rejects.toMatchObject({ code: 'ERR_TLS_CONFIG' })
  })

  it('is loaded with its own key only, and if it is one', async () => {
    const credential = await delegateCredential(origin, { publicKey: edgeKey.publicKey, scheme: ed25519 })
    const load = (
      privateKey: Credential['key'] | string,
      delegatedCredential: Uint8Array,
    ): Promise<Credential> =>
      loadCredential({ provider, certificates: origin.certificates, privateKey, delegatedCredential })
    await expect(load(origin.key, credential)).rejects.toMatchObject({ code: 'ERR_TLS_CONFIG' })
    await expect(load(edgeKey.privateKey, credential.slice(1))).rejects.toMatchObject({
      code: 'ERR_TLS_CONFIG',
    })
  })

  it('of a certificate that does not allow it is refused by the client (RFC 9345 §4.2)', async () => {
    const plain = await authority.issue(['localhost'], 'p256')
    const edge = await loadEdge(origin)
    const forged = { ...edge, certificates: plain.certificates }
    await expect(schemeOf([forged], [ed25519])).rejects.toMatchObject({
      code: 'ERR_TLS_BAD_DELEGATED_CREDENTIAL',
    })
  })
})
