import { ExtensionType, fromHex, type CertificateRequest } from '@mortise/wire'
import { expect, it } from 'vitest'
import { altering, refusalOf, withExtension } from '../fixtures/alter.ts'
import { makeCredential, parties, trusting, type Parties } from '../fixtures/parties.ts'
import { clientCredentials, type ClientOptions } from '../index.ts'

const server = await makeCredential('a server')
const nobody = { verify: () => expect.unreachable('nothing is verified') }
const none = clientCredentials([])

/** A client whose CertificateRequest has one extension more. */
function asked(
  extensionType: number,
  body: string,
  client: Pick<ClientOptions, 'credentials'> = {},
): Parties {
  const extension = { extensionType, extensionData: fromHex(body.replaceAll(' ', '')) }
  return parties(
    { verifier: trusting(server), ...client },
    { credentials: [server], clientAuthentication: { required: false, verifier: nobody } },
    altering('CertificateRequest', (request: CertificateRequest) => withExtension(request, extension)),
  )
}

/** The transcripts differ by what was put in between, so it is CertificateVerify that fails. */
const goesOn = { by: 'client', code: 'ERR_TLS_BAD_CERTIFICATE_VERIFY' }

it.each([
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
  ['authorities of no name (RFC 9846 §4.3.4)', ExtensionType.certificate_authorities, '0000', 'decode_error'],
  ['oid_filters without an OID', ExtensionType.oid_filters, '0003 00 0000', 'decode_error'],
  [
    'an OID twice (RFC 9846 §4.3.5)',
    ExtensionType.oid_filters,
    '000d 03 060155 0000 03 060155 0001aa',
    'illegal_parameter',
  ],
  [
    'anyExtendedKeyUsage (RFC 9846 §4.3.5)',
    ExtensionType.oid_filters,
    '0010 05 0603551d25 0008 3006 0604551d2500',
    'illegal_parameter',
  ],
  [
    'a compression algorithm twice (RFC 8879 §3)',
    ExtensionType.compress_certificate,
    '04 0001 0001',
    'illegal_parameter',
  ],
  [
    'schemes of delegated credentials of an odd length (RFC 9345 §4.1)',
    ExtensionType.delegated_credential,
    '000304',
    'decode_error',
  ],
] as const)('refuses %s, with credentials and without', async (_, extensionType, body, alert) => {
  expect(await refusalOf(asked(extensionType, body))).toMatchObject({ by: 'client', alert })
  const having = asked(extensionType, body, { credentials: none })
  expect(await refusalOf(having)).toMatchObject({ by: 'client', alert })
})

it('leaves filters aside that it does not know', async () => {
  const filters = '000d03060155000003060156000102'
  const having = asked(ExtensionType.oid_filters, filters, { credentials: none })
  expect(await refusalOf(having)).toMatchObject(goesOn)
  expect(await refusalOf(asked(ExtensionType.oid_filters, filters))).toMatchObject(goesOn)
})
