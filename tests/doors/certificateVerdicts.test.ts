/** What is wrong with a certificate, as both ends of a connection learn it (RFC 9846 §6.2), and the staples that it came with. */
import { nodeCrypto } from '@mortise/crypto-node'
import { writeInteger, writeSequence } from '@mortise/crypto/der'
import {
  connectedPair,
  fixedKey,
  testAuthority,
  type CertificateOptions,
  type ConnectedPairOptions,
  type FixedKeyName,
} from '@mortise/testing'
import {
  certificateTransparency,
  chainVerifier,
  clientCredentials,
  revocationLists,
  stapledOcsp,
  type CertificateVerifier,
  type Credential,
} from '@mortise/tls'
import { AlertDescription } from '@mortise/wire'
import { describe, expect, it } from 'vitest'
import { ocspResponse, revocationList, timestampList, type OcspStatus } from '../support/staples.ts'

const provider = nodeCrypto()
const now = Date.UTC(2026, 6, 1)
const authority = await testAuthority(provider, now)
const anchors = [authority.certificate]
const purposes = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' }

type Staples = Pick<Credential, 'ocspResponse' | 'signedCertificateTimestamps'>

async function issue(
  name: string,
  options: Partial<CertificateOptions> = {},
  staples: (certificate: Uint8Array) => Staples = () => ({}),
): Promise<Credential> {
  const credential = await authority.issue([name], 'p384', options)
  const [certificate = new Uint8Array(0)] = credential.certificates ?? []
  return { ...credential, ...staples(certificate) }
}

const stapling =
  (status: OcspStatus, age = 0) =>
  (certificate: Uint8Array): Staples => ({ ocspResponse: ocspResponse(certificate, now - age, status) })

/** What either end failed with, and the alert that went from one to the other. */
async function meet(options: Omit<ConnectedPairOptions, 'provider' | 'now'>) {
  const { client, server } = await connectedPair({ provider, now: () => now, ...options })
  return { client: client.error(), server: server.error(), info: server.info() }
}

const day = 86_400_000
const mustStaple = { type: '1.3.6.1.5.5.7.1.24', value: writeSequence(writeInteger(5)) }

describe('a server’s certificate', () => {
  it.each<[string, Partial<CertificateOptions>, string, number]>([
    [
      'that has expired',
      { notBefore: new Date(now - 2 * day), notAfter: new Date(now - day) },
      'ERR_TLS_CERTIFICATE_EXPIRED',
      AlertDescription.certificate_expired,
    ],
    [
      'that is not valid yet',
      { notBefore: new Date(now + day), notAfter: new Date(now + 2 * day) },
      'ERR_TLS_CERTIFICATE_EXPIRED',
      AlertDescription.certificate_expired,
    ],
    [
      'for another name',
      { dnsNames: ['example.com'] },
      'ERR_TLS_CERTIFICATE_NAME',
      AlertDescription.bad_certificate,
    ],
    [
      'for clients',
      { extendedKeyUsage: [purposes.client] },
      'ERR_TLS_UNSUPPORTED_CERTIFICATE',
      AlertDescription.unsupported_certificate,
    ],
    [
      'with a critical extension that nobody knows',
      { extensions: [{ type: '1.3.6.1.4.1.99999.1', critical: true, value: Uint8Array.of(5, 0) }] },
      'ERR_TLS_UNSUPPORTED_CERTIFICATE',
      AlertDescription.unsupported_certificate,
    ],
    [
      'with an extension twice',
      { extensions: [mustStaple, mustStaple] },
      'ERR_TLS_BAD_CERTIFICATE',
      AlertDescription.bad_certificate,
    ],
  ])('%s', async (_, options, code, alert) => {
    const { client, server } = await meet({
      client: { anchors },
      server: { credentials: [await issue('localhost', options)] },
    })
    expect(client).toMatchObject({ code, alert, blame: 'certificate' })
    expect(server).toMatchObject({ code: 'ERR_TLS_ALERT_RECEIVED', alert })
  })

  it.each<[string, string, FixedKeyName, number]>([
    ['of an authority that nobody trusts', 'Somebody else', 'p521', AlertDescription.unknown_ca],
    [
      'of an authority with the name of a trusted one',
      'Mortise test authority',
      'p521',
      AlertDescription.bad_certificate,
    ],
  ])('%s', async (_, subject, key, alert) => {
    const issuer = { subject, key: await provider.importPrivateKey({ pkcs8: fixedKey(key).pkcs8 }) }
    const { client, server } = await meet({
      client: { anchors },
      server: { credentials: [await issue('localhost', { issuer })] },
    })
    expect([client?.alert, server?.alert]).toEqual([alert, alert])
  })
})

describe('checks: stapled OCSP responses', () => {
  const [ok, badStatus] = [undefined, AlertDescription.bad_certificate_status_response]
  it.each<
    [string, ReturnType<typeof stapling> | undefined, Parameters<typeof stapledOcsp>[0], number | undefined]
  >([
    ['good', stapling('good'), { policy: 'require' }, ok],
    ['good, if stapled', stapling('good'), {}, ok],
    ['none', undefined, {}, ok],
    ['none where one is required', undefined, { policy: 'require' }, badStatus],
    ['out of date', stapling('good', day), {}, badStatus],
    ['no response at all', () => ({ ocspResponse: Uint8Array.of(1, 2, 3) }), {}, badStatus],
    ['revoked', stapling('revoked'), {}, AlertDescription.certificate_revoked],
    ['unknown', stapling('unknown'), {}, AlertDescription.certificate_unknown],
    ['revoked, and nobody looks', stapling('revoked'), { policy: 'off' }, ok],
  ])('%s', async (_, staple, policy, alert) => {
    const { client, server } = await meet({
      client: { anchors, checks: [stapledOcsp(policy)] },
      server: { credentials: [await issue('localhost', {}, staple)] },
    })
    expect([client?.alert, server?.alert]).toEqual([alert, alert])
  })

  it('a certificate may say that there must be one (RFC 7633)', async () => {
    const options = { extensions: [mustStaple] }
    const client = { anchors, checks: [stapledOcsp()] }
    const without = await meet({ client, server: { credentials: [await issue('localhost', options)] } })
    expect(without.client).toMatchObject({ code: 'ERR_TLS_BAD_CERTIFICATE_STATUS', alert: badStatus })
    const credential = await issue('localhost', options, stapling('good'))
    expect((await meet({ client, server: { credentials: [credential] } })).client).toBeUndefined()
  })

  it('of clients, which servers ask for them', async () => {
    const clientAuthentication = {
      mode: 'require',
      anchors,
      checks: [stapledOcsp({ policy: 'require' })],
    } as const
    const outcome = async (staple?: ReturnType<typeof stapling>) => {
      const { server } = await meet({
        client: { credentials: clientCredentials([await issue('alice', {}, staple)]) },
        server: { clientAuthentication },
      })
      return server?.alert
    }
    expect(await outcome(stapling('good'))).toBe(ok)
    expect(await outcome(stapling('revoked'))).toBe(AlertDescription.certificate_revoked)
    expect(await outcome()).toBe(badStatus)
  })
})

describe('checks: timestamps and lists', () => {
  const transparency = certificateTransparency({ logs: [{ key: fixedKey('p256').spki }], minimum: 1 })

  it('timestamps of the handshake count', async () => {
    const client = { anchors, checks: [transparency] }
    const stamp = (certificate: Uint8Array): Staples => ({
      signedCertificateTimestamps: timestampList(certificate, now - 1000),
    })
    const credential = await issue('localhost', {}, stamp)
    expect((await meet({ client, server: { credentials: [credential] } })).client).toBeUndefined()
    const without = await meet({ client, server: { credentials: [await issue('localhost')] } })
    expect(without.client).toMatchObject({
      code: 'ERR_TLS_CERTIFICATE_UNKNOWN',
      alert: AlertDescription.certificate_unknown,
    })
  })

  it('a list that the caller has revokes', async () => {
    const credential = await issue('localhost')
    const [certificate = new Uint8Array(0)] = credential.certificates ?? []
    const checks = [revocationLists([revocationList(certificate, now)])]
    const { client } = await meet({ client: { anchors, checks }, server: { credentials: [credential] } })
    expect(client).toMatchObject({
      code: 'ERR_TLS_CERTIFICATE_REVOKED',
      alert: AlertDescription.certificate_revoked,
    })
  })
})

describe('a client’s certificate', () => {
  it.each([
    ['for any purpose', {}, undefined],
    ['for clients', { extendedKeyUsage: [purposes.client] }, undefined],
    ['for servers', { extendedKeyUsage: [purposes.server] }, AlertDescription.unsupported_certificate],
  ])('%s', async (_, options, alert) => {
    const { client, server, info } = await meet({
      client: { credentials: clientCredentials([await issue('alice', options)]) },
      server: { clientAuthentication: { mode: 'require', anchors } },
    })
    expect([server?.alert, client?.alert]).toEqual([alert, alert])
    expect(info?.peer === undefined).toBe(alert !== undefined)
  })
})

describe('what a verifier is given', () => {
  async function seen(wants: CertificateVerifier['wants']): Promise<readonly (number | undefined)[]> {
    const lengths: (number | undefined)[] = []
    const judge = chainVerifier({ anchors, profile: 'private' })
    const verifier: CertificateVerifier = {
      identity: 'test',
      ...(wants ? { wants } : {}),
      verify: (input) => {
        lengths.push(input.ocspResponse?.length, input.scts?.length)
        return judge.verify(input)
      },
    }
    const staples: Staples = {
      ocspResponse: new Uint8Array(10),
      signedCertificateTimestamps: Uint8Array.of(0, 4, 0, 2, 1, 2),
    }
    const credential = await issue('localhost', {}, () => staples)
    expect(
      (await meet({ client: { verifier }, server: { credentials: [credential] } })).client,
    ).toBeUndefined()
    return lengths
  }

  it('are the staples that it wants, and no others', async () => {
    expect(await seen(undefined)).toEqual([undefined, undefined])
    expect(await seen({ ocspResponse: true })).toEqual([10, undefined])
    expect(await seen({ signedCertificateTimestamps: true })).toEqual([undefined, 6])
    expect(await seen({ ocspResponse: true, signedCertificateTimestamps: true })).toEqual([10, 6])
  })
})

describe('options that can not be honoured', () => {
  it.each<[string, ConnectedPairOptions['client'], ConnectedPairOptions['server']]>([
    ['checks beside a verifier', { verifier: chainVerifier({ anchors }), checks: [stapledOcsp()] }, {}],
    ['checks of a client without anchors', {}, { clientAuthentication: { mode: 'require', checks: [] } }],
    [
      'a misspelt option of clientAuthentication',
      {},
      { clientAuthentication: Object.assign({ mode: 'require', anchors } as const, { check: [] }) },
    ],
    ['anchors that do not parse', { anchors: [Uint8Array.of(1)] }, {}],
  ])('%s', async (_, client = {}, server = {}) => {
    await expect(meet({ client, server })).rejects.toMatchObject({ code: 'ERR_TLS_CONFIG' })
  })
})
