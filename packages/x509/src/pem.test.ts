import { expect, test } from 'vitest'
import { parseCertificate } from './certificate.ts'
import { makeRoot, makeServer } from './fixtures/certificates.ts'
import { errorOf } from './fixtures/throws.ts'
import { certificatesFromPem } from './pem.ts'

const root = makeRoot()
const server = makeServer(root)
const pem = (der: Uint8Array, label = 'CERTIFICATE'): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

test('certificates come in their order, and other blocks are left alone', () => {
  const text = `server\n${pem(server.der)}${pem(root.key.spki, 'PUBLIC KEY')}root\n${pem(root.der)}`
  const certificates = certificatesFromPem(text)
  expect(certificates).toEqual([server.der, root.der])
  expect(certificates.map((der) => parseCertificate(der).subject.text)).toEqual(['CN=example.com', 'CN=Root'])
})

test.each([
  ['nothing', ''],
  ['no certificate', pem(root.key.spki, 'PUBLIC KEY')],
  ['no end', pem(root.der).replace(/-----END.*/, '')],
  ['no base64', pem(root.der).replace('MII', '!!!')],
])('%s is malformed', (_, text) => {
  expect(errorOf(() => certificatesFromPem(text))).toMatch(/^ERR_X509_MALFORMED/)
})
