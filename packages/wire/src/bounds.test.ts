/** The bounds of every vector, from both sides: what the syntax allows is read, what it does not is a decode_error. */
import * as faults from './errors/faults.ts'
import { describe, expect, test } from 'vitest'
import { concat } from './bytes.ts'
import type { Codec } from './codec/codec.ts'
import { decode } from './codec/decode.ts'
import { encode } from './codec/encode.ts'
import { TlsError } from './errors/TlsError.ts'
import { applicationLayerProtocolNegotiation } from './extensions/applicationLayerProtocolNegotiation.ts'
import { certificateAuthorities } from './extensions/certificateAuthorities.ts'
import { clientCertificateType } from './extensions/clientCertificateType.ts'
import { compressCertificate } from './extensions/compressCertificate.ts'
import { cookie } from './extensions/cookie.ts'
import { delegatedCredential } from './extensions/delegatedCredential.ts'
import { earlyData } from './extensions/earlyData.ts'
import { keyShare } from './extensions/keyShare.ts'
import { oidFilters } from './extensions/oidFilters.ts'
import { postHandshakeAuth } from './extensions/postHandshakeAuth.ts'
import { preSharedKey } from './extensions/preSharedKey.ts'
import { pskKeyExchangeModes } from './extensions/pskKeyExchangeModes.ts'
import { recordSizeLimit } from './extensions/recordSizeLimit.ts'
import { serverCertificateType } from './extensions/serverCertificateType.ts'
import { serverName } from './extensions/serverName.ts'
import { signatureAlgorithms } from './extensions/signatureAlgorithms.ts'
import { signatureAlgorithmsCert } from './extensions/signatureAlgorithmsCert.ts'
import { signedCertificateTimestamp } from './extensions/signedCertificateTimestamp.ts'
import { statusRequest } from './extensions/statusRequest.ts'
import { supportedGroups } from './extensions/supportedGroups.ts'
import { supportedVersions } from './extensions/supportedVersions.ts'
import { useSrtp } from './extensions/useSrtp.ts'
import { filler, uint16, uint24, uint8, vector16, vector24, vector8 } from './fixtures/bytes.ts'
import { Certificate } from './messages/certificate.ts'
import { CertificateRequest } from './messages/certificateRequest.ts'
import { CertificateVerify } from './messages/certificateVerify.ts'
import { ClientHello } from './messages/clientHello.ts'
import { CompressedCertificate } from './messages/compressedCertificate.ts'
import { EncryptedExtensions } from './messages/encryptedExtensions.ts'
import { EndOfEarlyData } from './messages/endOfEarlyData.ts'
import { KeyUpdate } from './messages/keyUpdate.ts'
import { NewSessionTicket } from './messages/newSessionTicket.ts'
import { ServerHello } from './messages/serverHello.ts'
import { Alert } from './record/alert.ts'
import { TLSCiphertext, TLSInnerPlaintext, TLSPlaintext } from './record/record.ts'

const none = new Uint8Array(0)

const clientHello = ({
  sessionId = vector8(),
  suites = vector16(filler(2)),
  compression = vector8(filler(1)),
  extensions = vector16(filler(2), vector16(filler(3))),
}: Record<string, Uint8Array> = {}): Uint8Array =>
  concat(uint16(0x303), filler(32), sessionId, suites, compression, extensions)

const serverHello = (sessionId: Uint8Array, extensions: Uint8Array): Uint8Array =>
  concat(uint16(0x303), filler(32), sessionId, uint16(0x1301), uint8(0), extensions)

const ticket = (nonce: Uint8Array, opaqueTicket: Uint8Array, extensions = vector16()): Uint8Array =>
  concat(filler(8), nonce, opaqueTicket, extensions)

const share = (keyExchange: Uint8Array): Uint8Array => concat(uint16(0x1d), vector16(keyExchange))
const identity = (length: number): Uint8Array => concat(vector16(filler(length)), filler(4))
const binder = (length: number): Uint8Array => vector8(filler(length))
const extension = (length: number): Uint8Array => concat(filler(2), vector16(filler(length)))

/** Rule, codec, bytes. */
type Row = readonly [rule: string, codec: Codec<unknown>, bytes: Uint8Array]

const allowed: readonly Row[] = [
  ['RFC 9846 §4.2.2: legacy_session_id<0..32>, 0', ClientHello, clientHello()],
  [
    'RFC 9846 §4.2.2: legacy_session_id<0..32>, 32',
    ClientHello,
    clientHello({ sessionId: vector8(filler(32)) }),
  ],
  [
    'RFC 9846 §4.2.2: cipher_suites<2..2^16-2>, the most',
    ClientHello,
    clientHello({ suites: vector16(filler(0xfffe)) }),
  ],
  [
    'RFC 9846 §4.2.2: compression methods, the most',
    ClientHello,
    clientHello({ compression: vector8(filler(255)) }),
  ],
  ['RFC 9846 §4.2.2: extensions<7..2^16-1>, the least', ClientHello, clientHello()],
  [
    'RFC 9846 §4.2.2: extensions<7..2^16-1>, the most',
    ClientHello,
    clientHello({ extensions: vector16(extension(0xfffb)) }),
  ],
  [
    'RFC 9846 §E.2: a ClientHello of TLS 1.2 without extensions',
    ClientHello,
    clientHello({ extensions: none }),
  ],
  [
    'RFC 9846 §E.2: a ClientHello of TLS 1.2 with one small extension',
    ClientHello,
    clientHello({ extensions: vector16(extension(1)) }),
  ],
  [
    'RFC 9846 §4.2.3: extensions<6..2^16-1>, the least',
    ServerHello,
    serverHello(vector8(), vector16(extension(2))),
  ],
  ['RFC 9846 §E.1: a ServerHello of TLS 1.2 without extensions', ServerHello, serverHello(vector8(), none)],
  [
    'RFC 9846 §E.1: a ServerHello of TLS 1.2 that only answers server_name',
    ServerHello,
    serverHello(vector8(), vector16(extension(0))),
  ],
  [
    'RFC 9846 §4.2.3: legacy_session_id_echo<0..32>, 32',
    ServerHello,
    serverHello(vector8(filler(32)), vector16(extension(2))),
  ],
  ['RFC 9846 §4.4.1: no extensions', EncryptedExtensions, vector16()],
  ['RFC 9846 §4.4.2: no extensions (corrected bound)', CertificateRequest, concat(vector8(), vector16())],
  ['RFC 9846 §4.4.2: context of 255', CertificateRequest, concat(vector8(filler(255)), vector16())],
  ['RFC 9846 §4.5.1: no certificates', Certificate, concat(vector8(), vector24())],
  [
    'RFC 9846 §4.5.1: certificate of one byte',
    Certificate,
    concat(vector8(), vector24(vector24(filler(1)), vector16())),
  ],
  ['RFC 9846 §4.5.2: empty signature', CertificateVerify, concat(uint16(0x804), vector16())],
  ['RFC 9846 §4.5.2: longest signature', CertificateVerify, concat(uint16(0x804), vector16(filler(0xffff)))],
  ['RFC 9846 §4.6: EndOfEarlyData is empty', EndOfEarlyData, none],
  ['RFC 9846 §4.7.1: nonce of 0, ticket of 1', NewSessionTicket, ticket(vector8(), vector16(filler(1)))],
  [
    'RFC 9846 §4.7.1: nonce of 255, ticket of 2^16-1',
    NewSessionTicket,
    ticket(vector8(filler(255)), vector16(filler(0xffff))),
  ],
  [
    'RFC 9846 §4.7.1: extensions<0..2^16-1>, the most (corrected bound)',
    NewSessionTicket,
    ticket(vector8(), vector16(filler(1)), vector16(extension(0xfffb))),
  ],
  ['RFC 9846 §4.7.3: an unknown request is syntax all right', KeyUpdate, uint8(2)],
  [
    'RFC 9846 §4.3.1: versions<2..254>, the most',
    supportedVersions.messages.clientHello,
    vector8(filler(254)),
  ],
  ['RFC 9846 §4.3.2: cookie<1..2^16-1>, the most', cookie.messages.clientHello, vector16(filler(0xffff))],
  [
    'RFC 9846 §4.3.3: schemes<2..2^16-2>, the most',
    signatureAlgorithms.messages.clientHello,
    vector16(filler(0xfffe)),
  ],
  ['RFC 9846 §4.3.5: no filters', oidFilters.messages.certificateRequest, vector16()],
  [
    'RFC 9846 §4.3.5: a filter without values',
    oidFilters.messages.certificateRequest,
    vector16(vector8(filler(1)), vector16()),
  ],
  [
    'RFC 9846 §4.3.7: groups<2..2^16-1>, the most',
    supportedGroups.messages.clientHello,
    vector16(filler(0xfffe)),
  ],
  ['RFC 9846 §4.3.8: no client shares', keyShare.messages.clientHello, vector16()],
  ['RFC 9846 §4.3.8: key_exchange of one byte', keyShare.messages.serverHello, share(filler(1))],
  [
    'RFC 9846 §4.3.9: ke_modes<1..255>, the most',
    pskKeyExchangeModes.messages.clientHello,
    vector8(filler(255)),
  ],
  [
    'RFC 9846 §4.3.11: the smallest offer',
    preSharedKey.messages.clientHello,
    concat(vector16(identity(1)), vector16(binder(32))),
  ],
  [
    'RFC 9846 §4.3.11: a binder of 255',
    preSharedKey.messages.clientHello,
    concat(vector16(identity(1)), vector16(binder(255))),
  ],
  [
    'RFC 6066 §3: a host name of one byte',
    serverName.messages.clientHello,
    vector16(uint8(0), vector16(filler(1))),
  ],
  [
    'RFC 6066 §3: an empty name of unknown type',
    serverName.messages.clientHello,
    vector16(uint8(7), vector16()),
  ],
  [
    'RFC 6066 §8: OCSP with nothing further',
    statusRequest.messages.clientHello,
    concat(uint8(1), vector16(), vector16()),
  ],
  [
    'RFC 6066 §8: another type, whatever follows',
    statusRequest.messages.clientHello,
    concat(uint8(9), filler(3)),
  ],
  ['RFC 5764 §4.1.1: no mki', useSrtp.messages.clientHello, concat(vector16(filler(2)), vector8())],
  [
    'RFC 7301 §3.1: protocols<2..2^16-1>, the least',
    applicationLayerProtocolNegotiation.messages.clientHello,
    vector16(vector8(filler(1))),
  ],
  [
    'RFC 8879 §3: algorithms<2..2^8-2>, the most',
    compressCertificate.messages.clientHello,
    vector8(filler(254)),
  ],
  ['RFC 9846 §5.1: fragment of 2^14', TLSPlaintext, concat(filler(3), vector16(filler(0x4000)))],
  [
    'RFC 9846 §5.2: encrypted_record of 2^14 + 256',
    TLSCiphertext,
    concat(filler(3), vector16(filler(0x4100))),
  ],
]

/** Rule, codec, bytes, and how the error must go on. */
const refused: readonly (readonly [...Row, detail: string])[] = [
  [
    'RFC 9846 §4.2.2: legacy_session_id longer than 32',
    ClientHello,
    clientHello({ sessionId: vector8(filler(33)) }),
    'ClientHello.legacySessionId: length 33, allowed 0..32',
  ],
  [
    'RFC 9846 §4.2.2: no cipher suites',
    ClientHello,
    clientHello({ suites: vector16() }),
    'ClientHello.cipherSuites: length 0, allowed 2..65534',
  ],
  [
    'RFC 9846 §4.2.2: cipher suites of odd length',
    ClientHello,
    clientHello({ suites: vector16(filler(3)) }),
    'ClientHello.cipherSuites[1]: 2 bytes needed, 1 there',
  ],
  [
    'RFC 9846 §4.2.2: no compression methods',
    ClientHello,
    clientHello({ compression: vector8() }),
    'ClientHello.legacyCompressionMethods: length 0, allowed 1..255',
  ],
  [
    'RFC 9846 §4.2.2: extensions longer than the message',
    ClientHello,
    clientHello({ extensions: concat(uint16(8), extension(3)) }),
    'ClientHello.extensions: 8 bytes needed, 7 there',
  ],
  [
    'RFC 9846 §4.3: an extension that reaches out of its block',
    ClientHello,
    clientHello({ extensions: vector16(filler(2), uint16(9), filler(4)) }),
    'ClientHello.extensions[0].extensionData: 9 bytes needed, 4 there',
  ],
  [
    'RFC 9846 §4.2.3: legacy_session_id_echo longer than 32',
    ServerHello,
    serverHello(vector8(filler(33)), vector16(extension(2))),
    'ServerHello.legacySessionIdEcho: length 33, allowed 0..32',
  ],
  [
    'RFC 9846 §4.4.1: no length of the extensions',
    EncryptedExtensions,
    none,
    'EncryptedExtensions.extensions: 2 bytes needed, 0 there',
  ],
  [
    'RFC 9846 §4.5.1: an empty certificate',
    Certificate,
    concat(vector8(), vector24(vector24(), vector16())),
    'Certificate.certificateList[0].certData: length 0, allowed 1..16777215',
  ],
  [
    'RFC 9846 §4.5.1: an entry without extensions',
    Certificate,
    concat(vector8(), vector24(vector24(filler(1)))),
    'Certificate.certificateList[0].extensions: 2 bytes needed, 0 there',
  ],
  [
    'RFC 9846 §6: bytes after the signature',
    CertificateVerify,
    concat(uint16(0x804), vector16(filler(8)), filler(1)),
    'CertificateVerify: 1 byte left over',
  ],
  [
    'RFC 9846 §4.6: EndOfEarlyData with a body',
    EndOfEarlyData,
    filler(1),
    'EndOfEarlyData: 1 byte left over',
  ],
  [
    'RFC 9846 §4.7.1: an empty ticket',
    NewSessionTicket,
    ticket(vector8(), vector16()),
    'NewSessionTicket.ticket: length 0, allowed 1..65535',
  ],
  ['RFC 9846 §4.7.3: no request', KeyUpdate, none, 'KeyUpdate.requestUpdate: 1 byte needed, 0 there'],
  ['RFC 9846 §4.7.3: two requests', KeyUpdate, filler(2), 'KeyUpdate: 1 byte left over'],
  [
    'RFC 8879 §4: an empty compressed certificate',
    CompressedCertificate,
    concat(uint16(1), uint24(1), vector24()),
    'CompressedCertificate.compressedCertificateMessage: length 0, allowed 1..16777215',
  ],
  [
    'RFC 9846 §4.3.1: no versions',
    supportedVersions.messages.clientHello,
    vector8(),
    'SupportedVersions.versions: length 0, allowed 2..254',
  ],
  [
    'RFC 9846 §4.3.1: versions of odd length',
    supportedVersions.messages.clientHello,
    vector8(filler(3)),
    'SupportedVersions.versions[1]: 2 bytes needed, 1 there',
  ],
  [
    'RFC 9846 §4.3.1: versions longer than 254',
    supportedVersions.messages.clientHello,
    vector8(filler(255)),
    'SupportedVersions.versions: length 255, allowed 2..254',
  ],
  [
    'RFC 9846 §4.3.1: two selected versions',
    supportedVersions.messages.serverHello,
    filler(4),
    'SupportedVersions: 2 bytes left over',
  ],
  [
    'RFC 9846 §4.3.2: an empty cookie in ClientHello',
    cookie.messages.clientHello,
    vector16(),
    'Cookie.cookie: length 0, allowed 1..65535',
  ],
  [
    'RFC 9846 §4.3.2: an empty cookie in HelloRetryRequest',
    cookie.messages.helloRetryRequest,
    vector16(),
    'Cookie.cookie: length 0, allowed 1..65535',
  ],
  [
    'RFC 9846 §4.3.3: no schemes',
    signatureAlgorithms.messages.clientHello,
    vector16(),
    'SignatureSchemeList.supportedSignatureAlgorithms: length 0, allowed 2..65534',
  ],
  [
    'RFC 9846 §4.3.3: schemes of odd length',
    signatureAlgorithms.messages.certificateRequest,
    vector16(filler(5)),
    'SignatureSchemeList.supportedSignatureAlgorithms[2]: 2 bytes needed, 1 there',
  ],
  [
    'RFC 9846 §4.3.3: no schemes for certificates',
    signatureAlgorithmsCert.messages.clientHello,
    vector16(),
    'SignatureSchemeList.supportedSignatureAlgorithms: length 0, allowed 2..65534',
  ],
  [
    'RFC 9846 §4.3.4: no authorities',
    certificateAuthorities.messages.clientHello,
    vector16(),
    'CertificateAuthoritiesExtension.authorities: length 0, allowed 3..65535',
  ],
  [
    'RFC 9846 §4.3.4: an empty name',
    certificateAuthorities.messages.certificateRequest,
    vector16(vector16(filler(1)), vector16()),
    'CertificateAuthoritiesExtension.authorities[1]: length 0, allowed 1..65535',
  ],
  [
    'RFC 9846 §4.3.5: an empty OID',
    oidFilters.messages.certificateRequest,
    vector16(vector8(), vector16()),
    'OIDFilterExtension.filters[0].certificateExtensionOid: length 0, allowed 1..255',
  ],
  ['RFC 9846 §4.3.6: a body', postHandshakeAuth.messages.clientHello, filler(1), 'Empty: 1 byte left over'],
  [
    'RFC 9846 §4.3.7: no groups',
    supportedGroups.messages.clientHello,
    vector16(),
    'NamedGroupList.namedGroupList: length 0, allowed 2..65535',
  ],
  [
    'RFC 9846 §4.3.7: groups of odd length',
    supportedGroups.messages.clientHello,
    vector16(filler(3)),
    'NamedGroupList.namedGroupList[1]: 2 bytes needed, 1 there',
  ],
  [
    'RFC 9846 §4.3.8: an empty key_exchange',
    keyShare.messages.clientHello,
    vector16(share(filler(1)), share(none)),
    'KeyShareClientHello.clientShares[1].keyExchange: length 0, allowed 1..65535',
  ],
  [
    'RFC 9846 §4.3.8: an empty key_exchange of the server',
    keyShare.messages.serverHello,
    share(none),
    'KeyShareServerHello.serverShare.keyExchange: length 0, allowed 1..65535',
  ],
  [
    'RFC 9846 §4.3.8: bytes after the KeyShareEntry',
    keyShare.messages.serverHello,
    concat(share(filler(32)), filler(1)),
    'KeyShareServerHello: 1 byte left over',
  ],
  [
    'RFC 9846 §4.3.8: a KeyShareEntry in HelloRetryRequest',
    keyShare.messages.helloRetryRequest,
    share(filler(32)),
    'KeyShareHelloRetryRequest: 34 bytes left over',
  ],
  [
    'RFC 9846 §4.3.9: no modes',
    pskKeyExchangeModes.messages.clientHello,
    vector8(),
    'PskKeyExchangeModes.keModes: length 0, allowed 1..255',
  ],
  [
    'RFC 9846 §4.3.10: early_data with a body',
    earlyData.messages.clientHello,
    filler(4),
    'Empty: 4 bytes left over',
  ],
  [
    'RFC 9846 §4.3.10: a ticket without max_early_data_size',
    earlyData.messages.newSessionTicket,
    none,
    'EarlyDataIndication.maxEarlyDataSize: 4 bytes needed, 0 there',
  ],
  [
    'RFC 9846 §4.3.10: a max_early_data_size of five bytes',
    earlyData.messages.newSessionTicket,
    filler(5),
    'EarlyDataIndication: 1 byte left over',
  ],
  [
    'RFC 9846 §4.3.11: no identities',
    preSharedKey.messages.clientHello,
    concat(vector16(), vector16(binder(32))),
    'OfferedPsks.identities: length 0, allowed 7..65535',
  ],
  [
    'RFC 9846 §4.3.11: an empty identity',
    preSharedKey.messages.clientHello,
    concat(vector16(identity(1), identity(0)), vector16(binder(32))),
    'OfferedPsks.identities[1].identity: length 0, allowed 1..65535',
  ],
  [
    'RFC 9846 §4.3.11: no binders',
    preSharedKey.messages.clientHello,
    concat(vector16(identity(1)), vector16()),
    'OfferedPsks.binders: length 0, allowed 33..65535',
  ],
  [
    'RFC 9846 §4.3.11: a binder of 31',
    preSharedKey.messages.clientHello,
    concat(vector16(identity(1)), vector16(binder(32), binder(31))),
    'OfferedPsks.binders[1]: length 31, allowed 32..255',
  ],
  [
    'RFC 6066 §3: no names',
    serverName.messages.clientHello,
    vector16(),
    'ServerNameList.serverNameList: length 0, allowed 1..65535',
  ],
  [
    'RFC 6066 §3: an empty host name',
    serverName.messages.clientHello,
    vector16(uint8(0), vector16()),
    'ServerNameList.serverNameList[0].name: length 0, allowed 1..65535',
  ],
  [
    "RFC 6066 §3: a body in the server's answer",
    serverName.messages.encryptedExtensions,
    vector16(uint8(0), vector16(filler(1))),
    'Empty: 6 bytes left over',
  ],
  [
    'RFC 6066 §8: OCSP, but no lists',
    statusRequest.messages.clientHello,
    uint8(1),
    'CertificateStatusRequest.responderIdList: 2 bytes needed, 0 there',
  ],
  [
    'RFC 6066 §8: an empty responder',
    statusRequest.messages.clientHello,
    concat(uint8(1), vector16(vector16()), vector16()),
    'CertificateStatusRequest.responderIdList[0]: length 0, allowed 1..65535',
  ],
  [
    'RFC 9846 §4.5.1.1: status_request with a body in CertificateRequest',
    statusRequest.messages.certificateRequest,
    concat(uint8(1), vector16(), vector16()),
    'Empty: 5 bytes left over',
  ],
  [
    'RFC 6066 §8: an empty OCSP response',
    statusRequest.messages.certificate,
    concat(uint8(1), vector24()),
    'CertificateStatus.response: length 0, allowed 1..16777215',
  ],
  [
    'RFC 6962 §3.3: no timestamps',
    signedCertificateTimestamp.messages.certificate,
    vector16(),
    'SignedCertificateTimestampList.sctList: length 0, allowed 1..65535',
  ],
  [
    'RFC 6962 §3.3: an empty timestamp',
    signedCertificateTimestamp.messages.certificate,
    vector16(vector16()),
    'SignedCertificateTimestampList.sctList[0]: length 0, allowed 1..65535',
  ],
  [
    'RFC 7250 §3: no client certificate types',
    clientCertificateType.messages.clientHello,
    vector8(),
    'ClientCertTypeExtension.clientCertificateTypes: length 0, allowed 1..255',
  ],
  [
    'RFC 7250 §3: no server certificate types',
    serverCertificateType.messages.clientHello,
    vector8(),
    'ServerCertTypeExtension.serverCertificateTypes: length 0, allowed 1..255',
  ],
  [
    'RFC 7301 §3.1: no protocols',
    applicationLayerProtocolNegotiation.messages.clientHello,
    vector16(),
    'ProtocolNameList.protocolNameList: length 0, allowed 2..65535',
  ],
  [
    'RFC 7301 §3.1: an empty protocol',
    applicationLayerProtocolNegotiation.messages.encryptedExtensions,
    vector16(vector8(filler(2)), vector8()),
    'ProtocolNameList.protocolNameList[1]: length 0, allowed 1..255',
  ],
  [
    'RFC 5764 §4.1.1: no profiles',
    useSrtp.messages.clientHello,
    concat(vector16(), vector8()),
    'UseSRTPData.srtpProtectionProfiles: length 0, allowed 2..65535',
  ],
  [
    'RFC 8449 §4: a limit of one byte',
    recordSizeLimit.messages.clientHello,
    filler(1),
    'RecordSizeLimit.recordSizeLimit: 2 bytes needed, 1 there',
  ],
  [
    'RFC 8879 §3: no algorithms',
    compressCertificate.messages.clientHello,
    vector8(),
    'CertificateCompressionAlgorithms.algorithms: length 0, allowed 2..254',
  ],
  [
    'RFC 8879 §3: algorithms of odd length',
    compressCertificate.messages.clientHello,
    vector8(filler(3)),
    'CertificateCompressionAlgorithms.algorithms[1]: 2 bytes needed, 1 there',
  ],
  [
    'RFC 9345 §4: a delegated credential without signature',
    delegatedCredential.messages.certificate,
    concat(filler(6), vector24(filler(1)), filler(2), vector16()),
    'DelegatedCredential.signature: length 0, allowed 1..65535',
  ],
  [
    'RFC 9345 §4: a delegated credential without key',
    delegatedCredential.messages.certificate,
    concat(filler(6), vector24(), filler(2), vector16(filler(1))),
    'DelegatedCredential.cred.subjectPublicKeyInfo: length 0, allowed 1..16777215',
  ],
  ['RFC 9846 §6: half an alert', Alert, filler(1), 'Alert.description: 1 byte needed, 0 there'],
  ['RFC 9846 §6: an alert and a half', Alert, filler(3), 'Alert: 1 byte left over'],
  [
    'RFC 9846 §5.1: fragment of 2^14 + 1',
    TLSPlaintext,
    concat(filler(3), vector16(filler(0x4001))),
    'TLSPlaintext.fragment: length 16385, allowed 0..16384',
  ],
  [
    'RFC 9846 §5.2: encrypted_record of 2^14 + 257',
    TLSCiphertext,
    concat(filler(3), vector16(filler(0x4101))),
    'TLSCiphertext.encryptedRecord: length 16641, allowed 0..16640',
  ],
  [
    'RFC 9846 §5.4: nothing but padding',
    TLSInnerPlaintext,
    new Uint8Array(5),
    'TLSInnerPlaintext: no content type, only zeros',
  ],
  ['RFC 9846 §5.4: nothing', TLSInnerPlaintext, none, 'TLSInnerPlaintext: no content type, only zeros'],
]

describe('what the syntax allows is read', () => {
  test.each(allowed)('%s', (_, codec, bytes) => {
    expect(() => decode(codec, bytes)).not.toThrow()
  })
})

describe('what the syntax does not allow is a decode_error', () => {
  test.each(refused)('%s', (_, codec, bytes, detail) => {
    expect(() => decode(codec, bytes)).toThrow(new TlsError(faults.ERR_TLS_DECODE, { detail }))
  })
})

describe('what is out of bounds is not written either: an error of our own', () => {
  const random = filler(32)
  const hello = {
    legacyVersion: 0x303,
    random,
    legacySessionId: none,
    cipherSuites: [0x1301],
    legacyCompressionMethods: uint8(0),
    extensions: [{ extensionType: 0, extensionData: filler(3) }],
  }

  test.each([
    ['a random of 31 bytes', { ...hello, random: filler(31) }, 'ClientHello.random: 31 bytes, must be 32'],
    [
      'a session id of 33 bytes',
      { ...hello, legacySessionId: filler(33) },
      'ClientHello.legacySessionId: length 33, allowed 0..32',
    ],
    [
      'a cipher suite beyond 16 bits',
      { ...hello, cipherSuites: [1, 0x10000] },
      'ClientHello.cipherSuites[1]: 65536 is no uint16',
    ],
    ['a version below zero', { ...hello, legacyVersion: -1 }, 'ClientHello.legacyVersion: -1 is no uint16'],
    [
      'a version that is no integer',
      { ...hello, legacyVersion: 1.5 },
      'ClientHello.legacyVersion: 1.5 is no uint16',
    ],
    [
      'extensions of six bytes',
      { ...hello, extensions: [{ extensionType: 0, extensionData: filler(2) }] },
      'ClientHello.extensions: length 6, allowed 7..65535',
    ],
    [
      'an extension of 2^16 bytes',
      { ...hello, extensions: [{ extensionType: 0, extensionData: filler(0x10000) }] },
      'ClientHello.extensions[0].extensionData: length 65536, allowed 0..65535',
    ],
  ])('%s', (_, value, place) => {
    expect(() => encode(ClientHello, value)).toThrow(
      new TlsError(faults.ERR_TLS_INTERNAL, { detail: `cannot encode ${place}` }),
    )
  })

  test('content type 0, which would read as padding (RFC 9846 §5.4)', () => {
    expect(() => encode(TLSInnerPlaintext, { content: none, type: 0, zeros: 0 })).toThrow('content type 0')
  })

  test('a missing field', () => {
    const { random: _, ...incomplete } = hello
    expect(() => encode<unknown>(ClientHello, incomplete)).toThrow(/cannot encode ClientHello\.random: /)
  })
})
