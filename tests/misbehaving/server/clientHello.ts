/** Clients whose ClientHello is wrong (RFC 9846 §4.2.2). */
import type { ClientHelloInfo } from '@mortise/handshake'
import { editBody, editFields, type Edit } from '@mortise/testing'
import {
  CipherSuite,
  ClientHello,
  ExtensionType as X,
  faults,
  HandshakeType as H,
  NamedGroup,
  TlsError,
  type TlsErrorCode,
} from '@mortise/wire'
import { edited, type Case } from '../cases.ts'
import {
  badSizeLimit,
  compression,
  duplicate,
  illegal,
  invalidShare,
  malformed,
  missingExtension,
  notAllowedHere,
  protocolVersion,
  wrongCookie,
  type Refusal,
} from '../refusals.ts'
import { credential, hybridProvider, provider, type WrongClient } from '../scenario.ts'
import { clientHelloExtensions as edit, leaveOut, put, twice } from '../scripts.ts'
import { authenticating } from './settings.ts'

const ALPN = X.application_layer_protocol_negotiation
const noSuite: Refusal = ['handshake_failure', 'ERR_TLS_NO_COMMON_CIPHER_SUITE']
const noGroup: Refusal = ['handshake_failure', 'ERR_TLS_NO_COMMON_GROUP']
const noCredential: Refusal = ['handshake_failure', 'ERR_TLS_NO_USABLE_CREDENTIAL']
const noProtocol: Refusal = ['no_application_protocol', 'ERR_TLS_NO_APPLICATION_PROTOCOL']
const noCertificateType: Refusal = ['unsupported_certificate', 'ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE']

type Row = readonly [
  id: string,
  ref: string,
  what: string,
  refusal: Refusal,
  edit: Edit,
  options?: WrongClient,
]

const zeros = (length: number): number[] => Array.from({ length }, () => 0)
const fields = (change: (hello: ClientHello) => Partial<ClientHello>): Edit =>
  editFields(H.client_hello, ClientHello, (hello) => ({ ...hello, ...change(hello) }))
const extension = (type: number, ...body: readonly number[]): Edit => edit(put(type, ...body))
const without = (...types: readonly number[]): Edit => edit(leaveOut(...types))

/** key_share with one entry. */
const share = (group: number, keyExchange: readonly number[]): Edit => {
  const { length } = keyExchange
  const entry = [group >> 8, group & 255, length >> 8, length & 255, ...keyExchange]
  return extension(X.key_share, entry.length >> 8, entry.length & 255, ...entry)
}
const only = (group: number): WrongClient => ({
  client: { groups: [group], keyShares: [group] },
  server: { groups: [group] },
})

const versions: readonly Row[] = [
  ['CH-01', '4.3.1', 'no supported_versions', protocolVersion, without(X.supported_versions)],
  ['CH-02', '4.3.1', 'TLS 1.2 and below', protocolVersion, extension(X.supported_versions, 4, 3, 3, 3, 2)],
  [
    'CH-02',
    '4.3.1',
    'a version of the drafts',
    protocolVersion,
    extension(X.supported_versions, 2, 0x7f, 0x1c),
  ],
  ['CH-03', '4.3.1', 'no version at all', malformed, extension(X.supported_versions, 0)],
  ['CH-03', '4.3.1', 'versions of an odd length', malformed, extension(X.supported_versions, 3, 3, 4, 3)],
  ['CH-04', '4.2.2', 'legacy_version of TLS 1.1', protocolVersion, fields(() => ({ legacyVersion: 0x0302 }))],
  ['CH-04', 'E.5', 'legacy_version of SSL 3.0', protocolVersion, fields(() => ({ legacyVersion: 0x0300 }))],
  [
    'CH-09',
    '4.2.2',
    'no extensions',
    protocolVersion,
    // version, random, session id, one suite, the null method
    editBody(H.client_hello, (body) => Uint8Array.of(...body.subarray(0, 34 + 33), 0, 2, 0x13, 1, 1, 0)),
  ],
  [
    'CH-48',
    'RFC 7507 3',
    'a fallback to TLS 1.2 that says so',
    ['inappropriate_fallback', 'ERR_TLS_INAPPROPRIATE_FALLBACK'],
    fields(({ cipherSuites, extensions }) => ({
      cipherSuites: [...cipherSuites, CipherSuite.TLS_FALLBACK_SCSV],
      extensions: leaveOut(X.supported_versions)(extensions),
    })),
  ],
]

const legacy: readonly Row[] = [
  [
    'CH-05',
    '4.2.2',
    'a session id of 33 bytes',
    malformed,
    editBody(H.client_hello, (body) => Uint8Array.of(...body.subarray(0, 34), 33, 0, ...body.subarray(35))),
  ],
  ['CH-06', '4.2.2', 'no suites', malformed, suites(0, 0)],
  ['CH-06', '4.2.2', 'suites of an odd length', malformed, suites(0, 3, 0x13, 1, 0x13)],
  [
    'CH-07',
    '4.2.1',
    'no suite in common',
    noSuite,
    fields(() => ({ cipherSuites: [CipherSuite.TLS_AES_128_CCM_SHA256] })),
  ],
  ['CH-07', '4.2.1', 'suites of TLS 1.2', noSuite, fields(() => ({ cipherSuites: [0xc02f, 0xc030] }))],
  [
    'CH-07',
    'RFC 8701 3.2',
    'GREASE suites alone',
    noSuite,
    fields(() => ({ cipherSuites: [0x0a0a, 0x1a1a] })),
  ],
  [
    'CH-08',
    '4.2.2',
    'another compression method',
    compression,
    fields(() => ({ legacyCompressionMethods: Uint8Array.of(1) })),
  ],
  [
    'CH-08',
    '4.2.2',
    'two compression methods',
    compression,
    fields(() => ({ legacyCompressionMethods: Uint8Array.of(0, 1) })),
  ],
  ['CH-08', '4.2.2', 'no compression method', malformed, editBody(H.client_hello, withoutMethods)],
]

function suites(...bytes: readonly number[]): Edit {
  return editBody(H.client_hello, (body) => {
    const at = 34 + 1 + (body[34] ?? 0)
    const length = ((body[at] ?? 0) << 8) | (body[at + 1] ?? 0)
    return Uint8Array.of(...body.subarray(0, at), ...bytes, ...body.subarray(at + 2 + length))
  })
}

function withoutMethods(body: Uint8Array): Uint8Array {
  const at = 34 + 1 + (body[34] ?? 0)
  const length = ((body[at] ?? 0) << 8) | (body[at + 1] ?? 0)
  const methods = at + 2 + length
  return Uint8Array.of(...body.subarray(0, methods), 0, ...body.subarray(methods + 2))
}

const missing: readonly Row[] = [
  ['CH-10', '9.2', 'supported_groups without key_share', missingExtension, without(X.key_share)],
  ['CH-10', '9.2', 'key_share without supported_groups', missingExtension, without(X.supported_groups)],
  ['CH-11', '9.2', 'no signature_algorithms', missingExtension, without(X.signature_algorithms)],
  [
    'CH-12',
    '9.2',
    'neither supported_groups nor key_share',
    missingExtension,
    without(X.supported_groups, X.key_share),
  ],
  [
    'CH-54',
    '9.2',
    'supported_versions alone',
    missingExtension,
    edit((list) => list.filter(({ extensionType }) => extensionType === X.supported_versions)),
  ],
]

const keyExchange: readonly Row[] = [
  ['CH-13', '4.3.7', 'no groups', malformed, extension(X.supported_groups, 0, 0)],
  ['CH-13', '4.3.7', 'groups of an odd length', malformed, extension(X.supported_groups, 0, 3, 0, 29, 0)],
  [
    'CH-14',
    '4.2.1',
    'no group in common',
    noGroup,
    edit((list) => put(X.key_share, 0, 0)(put(X.supported_groups, 0, 2, 0, 25)(list))),
  ],
  [
    'CH-17',
    '4.3.8',
    'a share of a group that is not in supported_groups',
    illegal,
    extension(X.supported_groups, 0, 2, 0, 23),
  ],
  [
    'CH-18',
    '4.3.8',
    'two shares of one group',
    illegal,
    extension(X.key_share, 0, 72, 0, 29, 0, 32, 9, ...zeros(31), 0, 29, 0, 32, 8, ...zeros(31)),
  ],
  ['CH-19', '4.3.8', 'an empty share', malformed, share(NamedGroup.x25519, [])],
  [
    'CH-20',
    '4.3.8.2',
    'a compressed point',
    invalidShare,
    share(NamedGroup.secp256r1, [2, ...zeros(32)]),
    only(NamedGroup.secp256r1),
  ],
  [
    'CH-20',
    '4.3.8.2',
    'a point off the curve',
    invalidShare,
    share(NamedGroup.secp256r1, [4, ...zeros(63), 1]),
    only(NamedGroup.secp256r1),
  ],
  [
    'CH-20',
    '4.3.8.2',
    'a coordinate that is too large',
    invalidShare,
    share(NamedGroup.secp256r1, [4, ...Array.from({ length: 64 }, () => 255)]),
    only(NamedGroup.secp256r1),
  ],
  [
    'CH-20',
    '4.3.8.2',
    'the point at infinity',
    invalidShare,
    share(NamedGroup.secp256r1, [0]),
    only(NamedGroup.secp256r1),
  ],
  ['CH-21', '7.4.2', 'an X25519 share of low order', invalidShare, share(NamedGroup.x25519, zeros(32))],
  ['CH-21', '7.4.2', 'the X25519 share 1', invalidShare, share(NamedGroup.x25519, [1, ...zeros(31)])],
  [
    'CH-21',
    '7.4.2',
    'an X448 share of low order',
    invalidShare,
    share(NamedGroup.x448, zeros(56)),
    only(NamedGroup.x448),
  ],
  [
    'CH-22',
    '4.3.8.1',
    'the finite-field share 0',
    invalidShare,
    share(NamedGroup.ffdhe2048, zeros(256)),
    only(NamedGroup.ffdhe2048),
  ],
  [
    'CH-22',
    '4.3.8.1',
    'the finite-field share 1',
    invalidShare,
    share(NamedGroup.ffdhe2048, [...zeros(255), 1]),
    only(NamedGroup.ffdhe2048),
  ],
  [
    'CH-22',
    '4.3.8.1',
    'a finite-field share that is more than p',
    invalidShare,
    share(
      NamedGroup.ffdhe2048,
      Array.from({ length: 256 }, () => 255),
    ),
    only(NamedGroup.ffdhe2048),
  ],
  [
    'CH-49',
    '4.3.8.2',
    'an X25519 share that is too short',
    invalidShare,
    share(NamedGroup.x25519, [...zeros(30), 9]),
  ],
  [
    'CH-49',
    '4.3.8.2',
    'an X25519 share that is too long',
    invalidShare,
    share(NamedGroup.x25519, [9, ...zeros(32)]),
  ],
  [
    'CH-49',
    '4.3.8.1',
    'a finite-field share that is too short',
    invalidShare,
    share(NamedGroup.ffdhe2048, [...zeros(254), 2]),
    only(NamedGroup.ffdhe2048),
  ],
  ['CH-15', '4.3.3', 'no signature schemes', malformed, extension(X.signature_algorithms, 0, 0)],
  [
    'CH-15',
    '4.3.3',
    'signature schemes of an odd length',
    malformed,
    extension(X.signature_algorithms, 0, 3, 4, 3, 4),
  ],
  [
    'CH-15',
    '4.3.3',
    'no signature schemes for certificates',
    malformed,
    extension(X.signature_algorithms_cert, 0, 0),
  ],
  [
    'CH-16',
    '4.2.1',
    'no signature scheme in common',
    noCredential,
    extension(X.signature_algorithms, 0, 2, 8, 4),
  ],
  [
    'CH-16',
    '4.3.3',
    'a scheme for certificates only',
    noCredential,
    extension(X.signature_algorithms, 0, 2, 4, 1),
  ],
]

/** An encapsulation key of ML-KEM-768 whose coefficients are not reduced, then an X25519 share. */
const unreduced = [...Array.from({ length: 1152 }, () => 255), ...zeros(32)]
const hybrid = NamedGroup.X25519MLKEM768
const hybridOnly: WrongClient = {
  client: { provider: hybridProvider, groups: [hybrid] },
  server: { provider: hybridProvider, groups: [hybrid] },
}

const postQuantum: readonly Row[] = [
  [
    'CH-23',
    '4.3.8',
    'a hybrid share of a wrong length',
    invalidShare,
    share(hybrid, zeros(1215)),
    hybridOnly,
  ],
  [
    'CH-23',
    '4.3.8',
    'an encapsulation key with coefficients that are too large',
    invalidShare,
    share(hybrid, [...unreduced, 9, ...zeros(31)]),
    hybridOnly,
  ],
]

const others: readonly Row[] = [
  ['CH-32', 'RFC 6066 3', 'no server names', malformed, extension(X.server_name, 0, 0)],
  ['CH-32', 'RFC 6066 3', 'an empty host name', malformed, extension(X.server_name, 0, 3, 0, 0, 0)],
  [
    'CH-33',
    'RFC 6066 3',
    'a name that is not served here',
    ['unrecognized_name', 'ERR_TLS_UNRECOGNIZED_NAME'],
    extension(X.server_name, 0, 9, 0, 0, 6, 0x6e, 0x6f, 0x62, 0x6f, 0x64, 0x79),
    { choose: refusing('ERR_TLS_UNRECOGNIZED_NAME', ({ serverName }) => serverName === 'nobody') },
  ],
  [
    'CH-55',
    '9.2',
    'no server_name, where one is needed',
    missingExtension,
    without(X.server_name),
    { choose: refusing('ERR_TLS_MISSING_EXTENSION', ({ serverName }) => serverName === undefined) },
  ],
  ['CH-34', 'RFC 7301 3.1', 'no ALPN protocols', malformed, extension(ALPN, 0, 0)],
  ['CH-34', 'RFC 7301 3.1', 'an ALPN protocol of no bytes', malformed, extension(ALPN, 0, 1, 0)],
  [
    'CH-35',
    'RFC 7301 3.2',
    'no ALPN protocol in common',
    noProtocol,
    extension(ALPN, 0, 3, 2, 0x68, 0x33),
    { server: { alpn: ['h2'] } },
  ],
  ['CH-36', '4.3.4', 'no authorities', malformed, extension(X.certificate_authorities, 0, 0)],
  [
    'CH-36',
    '4.3.4',
    'an authority without a name',
    malformed,
    extension(X.certificate_authorities, 0, 2, 0, 0),
  ],
  ['CH-37', '4.3.2', 'a cookie of no bytes', malformed, extension(X.cookie, 0, 0)],
  ['CH-38', '4.3.2', 'a cookie that nobody gave', wrongCookie, extension(X.cookie, 0, 1, 7)],
  ['CH-39', '4.3', 'oid_filters', notAllowedHere, extension(X.oid_filters, 0, 0)],
  [
    'MSG-11',
    '4.3',
    'oid_filters that ask for something',
    notAllowedHere,
    extension(X.oid_filters, 0, 6, 3, 6, 1, 0x55, 0, 0),
  ],
  [
    'CH-40',
    'RFC 6066 8',
    'a status_request that ends too early',
    malformed,
    extension(X.status_request, 1, 0, 0),
  ],
  [
    'CH-40',
    'RFC 6066 8',
    'a responder without an id',
    malformed,
    extension(X.status_request, 1, 0, 2, 0, 0, 0, 0),
  ],
  ['CH-41', 'RFC 8879 3', 'no compression algorithms', malformed, extension(X.compress_certificate, 0)],
  [
    'CH-41',
    'RFC 8879 3',
    'compression algorithms of an odd length',
    malformed,
    extension(X.compress_certificate, 3, 0, 1, 0),
  ],
  [
    'CH-41',
    'RFC 8879 3',
    'a compression algorithm twice',
    illegal,
    extension(X.compress_certificate, 4, 0, 1, 0, 1),
  ],
  [
    'CH-42',
    'RFC 7250 4.2',
    'a type of certificate that we do not have',
    noCertificateType,
    extension(X.server_certificate_type, 1, 1),
  ],
  [
    'CH-42',
    'RFC 7250 4.2',
    'a type of client certificate that we do not take',
    noCertificateType,
    extension(X.client_certificate_type, 1, 1),
    authenticating,
  ],
  ['CH-58', 'RFC 7250 3', 'no types of certificate', malformed, extension(X.server_certificate_type, 0)],
  [
    'CH-58',
    'RFC 7250 3',
    'no types of client certificate',
    malformed,
    extension(X.client_certificate_type, 0),
  ],
  ['CH-43', 'RFC 8449 4', 'record_size_limit 63', badSizeLimit, extension(X.record_size_limit, 0, 63)],
  [
    'CH-50',
    'RFC 6066 3',
    'two host names',
    illegal,
    extension(X.server_name, 0, 8, 0, 0, 1, 0x61, 0, 0, 1, 0x62),
  ],
  [
    'CH-50',
    'RFC 6066 3',
    'a zero octet in a host name',
    illegal,
    extension(X.server_name, 0, 6, 0, 0, 3, 0x61, 0, 0x62),
  ],
  [
    'MSG-05',
    '6',
    'ClientHello ends too early',
    malformed,
    editBody(H.client_hello, (body) => body.subarray(0, -1)),
  ],
  ['MSG-05', '6', 'ClientHello is empty', malformed, editBody(H.client_hello, () => new Uint8Array(0))],
  [
    'MSG-06',
    '6',
    'a byte behind the last field of ClientHello',
    malformed,
    editBody(H.client_hello, (body) => Uint8Array.of(...body, 0)),
  ],
  [
    'MSG-07',
    '3.4',
    'key shares that overrun their extension',
    malformed,
    extension(X.key_share, 0, 99, 0, 29, 0, 1, 9),
  ],
  [
    'MSG-08',
    '4.3',
    'a byte behind supported_groups',
    malformed,
    extension(X.supported_groups, 0, 2, 0, 29, 0),
  ],
  ['MSG-08', '4.3', 'a byte behind key_share', malformed, extension(X.key_share, 0, 5, 0, 29, 0, 1, 9, 0)],
  ['MSG-09', '4.3', 'post_handshake_auth with a body', malformed, extension(X.post_handshake_auth, 0)],
  [
    'MSG-09',
    '4.3',
    'signed_certificate_timestamp with a body',
    malformed,
    extension(X.signed_certificate_timestamp, 0),
  ],
  ['MSG-10', '4.3', 'supported_groups twice', duplicate, edit(twice(X.supported_groups))],
  ['MSG-10', '4.3', 'supported_versions twice', duplicate, edit(twice(X.supported_versions))],
  [
    'MSG-10',
    '4.3',
    'an unknown extension twice',
    duplicate,
    edit((list) => twice(0xfff0)(put(0xfff0)(list))),
  ],
]

/** An options function that refuses some. */
function refusing(
  code: TlsErrorCode,
  refuses: (hello: ClientHelloInfo) => boolean,
): NonNullable<WrongClient['choose']> {
  return (hello) => {
    if (refuses(hello)) throw new TlsError(faults[code])
    return { provider, credentials: [credential] }
  }
}

export const clientHello: readonly Case<WrongClient>[] = [
  ...versions,
  ...legacy,
  ...missing,
  ...keyExchange,
  ...postQuantum,
  ...others,
].map(([id, ref, what, refusal, change, options]) => edited(id, ref, what, ...refusal, change, options ?? {}))
