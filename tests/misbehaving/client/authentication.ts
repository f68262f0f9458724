/** Servers whose CertificateRequest, Certificate or staples are wrong, as only a client sees them. */
import { editBody, editFields, type Edit } from '@mortise/testing'
import { clientCredentials } from '@mortise/tls'
import { Certificate, CertificateRequest, ExtensionType as X, HandshakeType as H } from '@mortise/wire'
import { chainVerifier, stapledOcsp } from '@mortise/x509'
import { edited, rejects, type Case } from '../cases.ts'
import {
  duplicate,
  illegal,
  malformed,
  missingExtension,
  noCertificate,
  notAllowedHere,
  wrongContext,
  type Refusal,
} from '../refusals.ts'
import { acceptsAnyone, anchors, clientCredential, credential, issue, type WrongServer } from '../scenario.ts'
import { leaveOut, put, requestExtensions as edit, twice } from '../scripts.ts'

const asking: WrongServer = {
  server: { clientAuthentication: { required: false, verifier: acceptsAnyone } },
}

/** What is for credentials to fulfil is read by a client that has some. */
const wishing: WrongServer = { ...asking, client: { credentials: clientCredentials([clientCredential]) } }

const requests: readonly (readonly [id: string, ref: string, what: string, refusal: Refusal, edit: Edit])[] =
  [
    [
      'CR-03',
      '4.4.2',
      'a context during the handshake',
      wrongContext,
      editFields(H.certificate_request, CertificateRequest, (body) => ({
        ...body,
        certificateRequestContext: Uint8Array.of(1),
      })),
    ],
    ['CR-04', '4.4.2', 'no signature_algorithms', missingExtension, edit(leaveOut(X.signature_algorithms))],
    ['CR-04', '4.4.2', 'no extensions at all', missingExtension, edit(() => [])],
    ['CR-05', '4.3.3', 'no signature schemes', malformed, edit(put(X.signature_algorithms, 0, 0))],
    [
      'CR-05',
      '4.3.3',
      'signature schemes of an odd length',
      malformed,
      edit(put(X.signature_algorithms, 0, 3, 4, 3, 4)),
    ],
    ['CR-06', '4.3.4', 'no authorities', malformed, edit(put(X.certificate_authorities, 0, 0))],
    [
      'CR-06',
      '4.3.4',
      'an authority without a name',
      malformed,
      edit(put(X.certificate_authorities, 0, 4, 0, 0, 0, 0)),
    ],
    ['CR-07', '4.3', 'key_share', notAllowedHere, edit(put(X.key_share, 0, 0))],
    [
      'CR-07',
      '4.3',
      'ALPN',
      notAllowedHere,
      edit(put(X.application_layer_protocol_negotiation, 0, 3, 2, 0x68, 0x32)),
    ],
    ['CR-07', '4.3', 'supported_versions', notAllowedHere, edit(put(X.supported_versions, 3, 4))],
    ['CR-07', '4.3', 'cookie', notAllowedHere, edit(put(X.cookie, 0, 1, 7))],
    ['CR-07', '4.3', 'post_handshake_auth', notAllowedHere, edit(put(X.post_handshake_auth))],
    ['CR-14', '4.5.1.1', 'status_request with a body', malformed, edit(put(X.status_request, 1, 0, 0, 0, 0))],
    [
      'MSG-08',
      '4.3',
      'a byte behind the signature schemes',
      malformed,
      edit(put(X.signature_algorithms, 0, 2, 4, 3, 0)),
    ],
    [
      'MSG-09',
      'RFC 6962 3.3.1',
      'signed_certificate_timestamp with a body',
      malformed,
      edit(put(X.signed_certificate_timestamp, 0)),
    ],
    ['MSG-10', '4.3', 'signature_algorithms twice', duplicate, edit(twice(X.signature_algorithms))],
    [
      'MSG-10',
      '4.3',
      'an unknown extension twice',
      duplicate,
      edit((list) => twice(0xfff0)(put(0xfff0)(list))),
    ],
  ]

type WrongRequest = (typeof requests)[number]

const wishes: readonly WrongRequest[] = [
  ['CR-12', '4.3.5', 'oid_filters without an OID', malformed, edit(put(X.oid_filters, 0, 3, 0, 0, 0))],
  [
    'CR-13',
    '4.3.5',
    'oid_filters with an OID twice',
    illegal,
    edit(put(X.oid_filters, 0, 12, 3, 6, 1, 0x55, 0, 0, 3, 6, 1, 0x55, 0, 0)),
  ],
  [
    'CR-13',
    '4.3.5',
    'oid_filters that ask for any purpose',
    illegal,
    edit(put(X.oid_filters, 0, 16, 5, 6, 3, 0x55, 0x1d, 0x25, 0, 8, 0x30, 6, 6, 4, 0x55, 0x1d, 0x25, 0)),
  ],
  [
    'MSG-10',
    'RFC 8879 3',
    'a compression algorithm twice',
    illegal,
    edit(put(X.compress_certificate, 4, 0, 1, 0, 1)),
  ],
]

const judged: readonly Case<WrongServer>[] = [
  rejects(
    'CT-11',
    'RFC 6066 8',
    'an OCSP response that is none',
    'bad_certificate_status_response',
    'ERR_TLS_BAD_CERTIFICATE_STATUS',
    {
      client: { verifier: chainVerifier({ anchors, profile: 'private', checks: [stapledOcsp()] }) },
      server: { credentials: [{ ...credential, ocspResponse: Uint8Array.of(0x30, 3, 0x0a, 1, 0) }] },
    },
  ),
  rejects(
    'CT-11',
    'RFC 6066 8',
    'no OCSP response, where one is required',
    'bad_certificate_status_response',
    'ERR_TLS_BAD_CERTIFICATE_STATUS',
    {
      client: {
        verifier: chainVerifier({
          anchors,
          profile: 'private',
          checks: [stapledOcsp({ policy: 'require' })],
        }),
      },
    },
  ),
]

const certificates: readonly Case<WrongServer>[] = [
  edited(
    'CT-01',
    '4.5.1.3',
    'an empty list',
    ...noCertificate,
    editFields(H.certificate, Certificate, (body) => ({ ...body, certificateList: [] })),
  ),
  rejects(
    'CT-19',
    '6.2',
    'a certificate for another name',
    'bad_certificate',
    'ERR_TLS_CERTIFICATE_NAME',
    async () => ({
      server: { credentials: [await issue(['elsewhere.test'], 'p256')] },
    }),
  ),
  rejects(
    'CT-19',
    '6.2',
    'a certificate without names',
    'bad_certificate',
    'ERR_TLS_CERTIFICATE_NAME',
    async () => ({
      server: { credentials: [await issue([], 'p256')] },
    }),
  ),
  edited(
    'MSG-06',
    '6',
    'a list that is shorter than the message',
    ...malformed,
    editBody(H.certificate, (body) => Uint8Array.of(...body, 0)),
  ),
]

export const authentication: readonly Case<WrongServer>[] = [
  ...requests.map((request) => wrongRequest(request, asking)),
  ...wishes.map((request) => wrongRequest(request, wishing)),
  ...certificates,
  ...judged,
]

function wrongRequest(
  [id, ref, what, refusal, change]: WrongRequest,
  server: WrongServer,
): Case<WrongServer> {
  return edited(id, ref, `CertificateRequest: ${what}`, ...refusal, change, server)
}
