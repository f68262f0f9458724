/** What an owner brings along for a connection, and what of it can't be used: told at once, and never what was read. */
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import {
  certificatesFromPem,
  connect,
  loadCredential,
  loadRawPublicKey,
  sealedTickets,
  type Credential,
  type CredentialInput,
} from '@mortise/tls'
import { pipes } from './transports.ts'

const provider = nodeCrypto()
const refused = { name: 'TlsError', code: 'ERR_TLS_CONFIG', blame: 'local' }
let authority: TestAuthority
let credential: Credential
let other: Credential

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  credential = await authority.issue(['Localhost', '*.example'], 'p256')
  other = await authority.issue(['other'], 'ed25519')
})

const load = (input: Partial<CredentialInput>): Promise<Credential> =>
  loadCredential({
    provider,
    certificates: credential.certificates,
    privateKey: credential.key,
    ...input,
  })

const pem = (label: string, text: string): string =>
  `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`

describe('a credential', () => {
  it('has the names of its certificate, in lower case, and the staples that it came with', async () => {
    const staples = {
      ocspResponse: Uint8Array.of(1),
      issuerOcspResponses: [Uint8Array.of(2)],
      signedCertificateTimestamps: Uint8Array.of(3),
    }
    expect(await load(staples)).toMatchObject({ names: ['localhost', '*.example'], ...staples })
  })

  it.each<[string, Partial<CredentialInput>, string]>([
    ['no certificate', { certificates: [] }, 'there is no certificate'],
    ['something that is none', { certificates: [Uint8Array.of(0x30, 0)] }, 'certificate: '],
    ['a PEM text without one', { certificates: 'Subject: CN=localhost' }, 'certificates: '],
    ['a PEM text that is no base64', { certificates: pem('CERTIFICATE', '!!') }, 'certificates: '],
    ['a private key that is none', { privateKey: Uint8Array.of(1) }, 'private key: '],
    ['a PEM text without a private key', { privateKey: pem('CERTIFICATE', 'AAAA') }, 'private key: '],
    [
      'a delegated credential that is none',
      { delegatedCredential: Uint8Array.of(1) },
      'delegated credential: ',
    ],
  ])('is not made of %s', async (_, input, detail) => {
    await expect(load(input)).rejects.toMatchObject({ ...refused, detail: expect.stringContaining(detail) })
  })

  it("is not made of somebody else's key", async () => {
    const mixed = load({ privateKey: other.key })
    await expect(mixed).rejects.toMatchObject({
      ...refused,
      detail: "the private key is not the certificate's",
    })
  })

  it('says of a key that can not be read what is wrong, and nothing of what it is', async () => {
    const secret = 'c2VjcmV0IHNlY3JldCBzZWNyZXQ='
    const failure: unknown = await loadRawPublicKey({
      provider,
      privateKey: pem('PRIVATE KEY', secret),
    }).catch((error: unknown) => error)
    expect(failure).toMatchObject(refused)
    expect(String(failure)).not.toContain(secret.slice(0, 8))
    expect(String(failure)).not.toContain('secret')
  })

  it('comes of PEM as it does of DER', () => {
    const [der] = credential.certificates
    const text = pem('CERTIFICATE', Buffer.from(der ?? []).toString('base64'))
    expect(certificatesFromPem(text)).toEqual([der])
  })
})

describe('keys of tickets', () => {
  const key = { name: new Uint8Array(16), key: new Uint8Array(32) }

  it.each([
    ['a name that is too short', { ...key, name: new Uint8Array(15) }],
    ['a key that is too long', { ...key, key: new Uint8Array(33) }],
  ])('have their lengths: not %s', (_, current) => {
    expect(() => sealedTickets(provider, { current })).toThrow(expect.objectContaining(refused))
    expect(() => sealedTickets(provider, { current: key, previous: [current] })).toThrow(
      expect.objectContaining(refused),
    )
  })

  it('need AES-256-GCM', () => {
    const lacking = { ...provider, aeads: provider.aeads.filter(({ name }) => name !== 'aes-256-gcm') }
    expect(() => sealedTickets(lacking, { current: key })).toThrow(expect.objectContaining(refused))
  })
})

it.each([0, -1, 2 ** 24, Number.NaN])(
  'a connection takes no certificates of at most %d bytes',
  async (max) => {
    const [near] = pipes()
    const options = { provider, serverName: 'localhost', anchors: [authority.certificate] }
    await expect(connect(near, { ...options, maxCertificateLength: max })).rejects.toMatchObject(refused)
  },
)
