/** Story: a server that wants client certificates for a purpose, and a client that has several (RFC 9846 §4.3.5). */
import { beforeAll, expect, it } from 'vitest'
import { writeOid, writeSequence } from '@mortise/crypto/der'
import { nodeCrypto } from '@mortise/crypto-node'
import { testAuthority, type TestAuthority } from '@mortise/testing'
import {
  accept,
  clientCredentials,
  connect,
  loadCredential,
  unsafeAcceptAny,
  type Credential,
  type TlsConnection,
} from '@mortise/tls'
import { pipes, readAll } from './transports.ts'

const provider = nodeCrypto()
const emailProtection = '1.3.6.1.5.5.7.3.4'
const clientAuth = '1.3.6.1.5.5.7.3.2'
const filter = (purpose: string) => ({
  certificateExtensionOid: writeOid('2.5.29.37'),
  certificateExtensionValues: writeSequence(writeOid(purpose)),
})

let authority: TestAuthority
let credential: Credential
let [letters, logins]: Credential[] = []

beforeAll(async () => {
  authority = await testAuthority(provider, Date.now())
  credential = await authority.issue(['localhost'])
  ;[letters, logins] = await Promise.all(
    [[emailProtection, clientAuth], [clientAuth]].map(async (extendedKeyUsage) => {
      const { certificates, key } = await authority.issue(['me'], 'ed25519', { extendedKeyUsage })
      return loadCredential({ provider, certificates, privateKey: key })
    }),
  )
})

async function meet(
  credentials: readonly Credential[],
  purpose: string,
): Promise<readonly [TlsConnection, TlsConnection]> {
  const [near, far] = pipes()
  return Promise.all([
    connect(near, {
      provider,
      serverName: 'localhost',
      anchors: [authority.certificate],
      credentials: clientCredentials(credentials),
    }),
    accept(far, {
      provider,
      credentials: [credential],
      clientAuthentication: { mode: 'request', verifier: unsafeAcceptAny(), oidFilters: [filter(purpose)] },
    }),
  ])
}

const both = (): readonly Credential[] => [logins, letters].flatMap((item) => item ?? [])

it('the client shows the certificate that fits, or none', async () => {
  const [, first] = await meet(both(), emailProtection)
  expect(first.info.peer?.certificates).toEqual(letters?.certificates)
  const [, second] = await meet(both(), clientAuth)
  expect(second.info.peer?.certificates).toEqual(logins?.certificates)
  const [, third] = await meet(both().slice(0, 1), emailProtection)
  expect(third.info.peer).toBeUndefined()
})

it('a certificate that does not fit is unsupported_certificate, though the verifier would take it', async () => {
  const [near, far] = pipes()
  const stubborn = both()
    .slice(0, 1)
    .map(({ certificates, key }) => ({ certificates, key }))
  const [, refused] = await Promise.allSettled([
    connect(near, {
      provider,
      serverName: 'localhost',
      anchors: [authority.certificate],
      credentials: clientCredentials(stubborn),
    }).then(({ readable }) => readAll(readable)),
    accept(far, {
      provider,
      credentials: [credential],
      clientAuthentication: {
        mode: 'request',
        verifier: unsafeAcceptAny(),
        oidFilters: [filter(emailProtection)],
      },
    }),
  ])
  expect(refused).toMatchObject({ reason: { code: 'ERR_TLS_UNSUPPORTED_CERTIFICATE', alert: 43 } })
})
