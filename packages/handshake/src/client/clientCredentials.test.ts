import { CertificateType, ExtensionType, HandshakeType } from '@mortise/wire'
import { beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, nameOf } from '../fixtures/alter.ts'
import { codeOf, infoOf, makeCredential, parties, trusting, type Parties } from '../fixtures/parties.ts'
import { clientCredentials, rawPublicKey, type ClientCredentials, type Credential } from '../index.ts'

const { X509, RawPublicKey: Raw } = CertificateType

let server: Credential
let alice: Credential

beforeAll(async () => {
  server = await makeCredential('server')
  alice = await makeCredential('alice')
})

const both = (credentials?: ClientCredentials): Parties =>
  parties(
    { verifier: trusting(server), ...(credentials ? { credentials } : {}) },
    { credentials: [server], clientAuthentication: { required: false, verifier: trusting(alice) } },
  )

describe('are refused at once', () => {
  it.each([
    ['a credential without a certificate', () => clientCredentials([{ ...alice, certificates: [] }])],
    ['a key with a certificate', () => clientCredentials([alice, { ...alice, certificateType: Raw }])],
    ['no type', () => clientCredentials([alice], { certificateTypes: [] })],
    ['a type twice', () => clientCredentials(() => [], { certificateTypes: [X509, X509] })],
    ['a type that is unknown', () => clientCredentials(() => [], { certificateTypes: [9] })],
    ['an option that is unknown', () => clientCredentials([alice], { later: true } as object)],
  ])('for %s', (_, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'ERR_TLS_CONFIG' }))
  })

  it('but those of a function when it has chosen', async () => {
    const pair = both(clientCredentials(() => [{ ...alice, certificates: [] }]))
    expect(await codeOf(pair.shakeHands())).toBe('ERR_TLS_CONFIG')
    expect(pair.refused.by).toBe('client')
  })
})

describe('a ClientHello', () => {
  const { client_certificate_type: type, post_handshake_auth: later } = ExtensionType
  it.each([
    ['nothing without credentials', () => undefined, []],
    ['nothing of a certificate', () => clientCredentials([alice]), []],
    ['nothing of no certificate', () => clientCredentials([]), []],
    ['that we have a key (RFC 7250 §4.1)', () => clientCredentials([rawPublicKey(alice.key)]), [type]],
    [
      'that we may have a key (RFC 7250 §4.1)',
      () => clientCredentials(() => [], { certificateTypes: [X509, Raw] }),
      [type],
    ],
    [
      'that we may be asked later (RFC 9846 §4.3.6)',
      () => clientCredentials([], { postHandshake: true }),
      [later],
    ],
  ])('says %s', async (_, make, expected) => {
    const pair = both(make())
    pair.take('client', await pair.client.start())
    const { extensions } = bodyOf('ClientHello', pair.post[0]?.message ?? new Uint8Array(0))
    const types = extensions.map(({ extensionType }) => extensionType)
    expect(types.filter((one) => one === type || one === later)).toEqual(expected)
  })
})

it('a client without credentials answers with an empty Certificate (RFC 9846 §4.5.1)', async () => {
  for (const credentials of [undefined, clientCredentials([])]) {
    const pair = both(credentials)
    await pair.shakeHands()
    const sent = pair.actions.client.flatMap((action) => (action.kind === 'send' ? [action.message] : []))
    expect(sent.map(nameOf)).toEqual(['ClientHello', 'Certificate', 'Finished'])
    expect(sent[1]).toEqual(Uint8Array.of(HandshakeType.certificate, 0, 0, 4, 0, 0, 0, 0))
    expect(infoOf(pair, 'client')).toMatchObject({ localSignatureScheme: undefined, localCertificates: [] })
    expect(infoOf(pair, 'server').peer).toBeUndefined()
  }
})
