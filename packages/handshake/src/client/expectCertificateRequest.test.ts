import { ExtensionType, fromHex, type CertificateRequest } from '@mortise/wire'
import { expect, it } from 'vitest'
import { altering, refusalOf, withExtension } from '../fixtures/alter.ts'
import { makeCredential, parties, trusting } from '../fixtures/parties.ts'

const server = await makeCredential('a server')
const nobody = { verify: () => expect.unreachable('nothing is verified') }

it.each([
  ['oid_filters without an OID', ExtensionType.oid_filters, '0003 00 0000', 'decode_error'],
  [
    'an OID twice (RFC 9846 §4.3.5)',
    ExtensionType.oid_filters,
    '000d 03 060155 0000 03 060155 0001aa',
    'illegal_parameter',
  ],
  [
    'a status_request with a body (RFC 9846 §4.5.1.1)',
    ExtensionType.status_request,
    '0100000000',
    'decode_error',
  ],
  [
    'timestamps with a body (RFC 6962 §3.3.1)',
    ExtensionType.signed_certificate_timestamp,
    '00',
    'decode_error',
  ],
  [
    'schemes of an odd length (RFC 9846 §4.3.3)',
    ExtensionType.signature_algorithms_cert,
    '000304',
    'decode_error',
  ],
  [
    'anyExtendedKeyUsage (RFC 9846 §4.3.5)',
    ExtensionType.oid_filters,
    '0010 05 0603551d25 0008 3006 0604551d2500',
    'illegal_parameter',
  ],
] as const)('refuses %s', async (_, extensionType, body, alert) => {
  const extension = { extensionType, extensionData: fromHex(body.replaceAll(' ', '')) }
  const both = parties(
    { verifier: trusting(server) },
    { credentials: [server], clientAuthentication: { required: false, verifier: nobody } },
    altering('CertificateRequest', (request: CertificateRequest) => withExtension(request, extension)),
  )
  expect(await refusalOf(both)).toMatchObject({ by: 'client', alert })
})

it('leaves filters aside that it does not know', async () => {
  const extension = {
    extensionType: ExtensionType.oid_filters,
    extensionData: fromHex('000d03060155000003060156000102'),
  }
  const both = parties(
    { verifier: trusting(server) },
    { credentials: [server], clientAuthentication: { required: false, verifier: nobody } },
    altering('CertificateRequest', (request: CertificateRequest) => withExtension(request, extension)),
  )
  // The transcripts differ by what was put in between, so it is CertificateVerify that fails
  expect(await refusalOf(both)).toMatchObject({ by: 'client', code: 'ERR_TLS_BAD_CERTIFICATE_VERIFY' })
})
