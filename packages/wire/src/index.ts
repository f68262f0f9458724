/**
 * The vocabulary of TLS 1.3: wire formats, code points, errors. Imports nothing, does no I/O and keeps no state.
 */
export { concat, equalBytes, fromHex, hex } from './bytes.ts'
export {
  greasePskKeyExchangeModes,
  greaseValues,
  isGrease,
  isGreaseProtocolName,
  isGreasePskKeyExchangeMode,
} from './grease.ts'

// Errors
export * as codeText from './errors/codeText.ts'
export { inWords } from '#texts'
export { isTlsError, TlsError, type TlsErrorDetails } from './errors/TlsError.ts'
export type { Blame, Fault } from './errors/fault.ts'
export * as faults from './errors/faults.ts'
export type { TlsErrorCode } from './errors/tlsErrorCode.ts'
export { reasons } from './errors/reasons.ts'

// Codecs
export { annotate } from './codec/annotate.ts'
export type { Annotation, ExtensionAnnotator } from './codec/annotator.ts'
export { formatAnnotation } from './codec/formatAnnotation.ts'
export type { Codec, Infer } from './codec/codec.ts'
export { decode } from './codec/decode.ts'
export { Empty } from './codec/empty.ts'
export { encode } from './codec/encode.ts'
export { code16, code8, uint16, uint24, uint32, uint64, uint8 } from './codec/numbers.ts'
export { opaque, opaque16, opaque24, opaque8, rest } from './codec/opaque.ts'
export { struct, variant, type Cases, type Fields } from './codec/struct.ts'
export { asciiText, listed } from './codec/text.ts'
export { vector16, vector24, vector8 } from './codec/vector.ts'

// Registries
export { AlertDescription, alertDescriptionName } from './registry/alertDescription.ts'
export { AlertLevel, alertLevelName } from './registry/alertLevel.ts'
export {
  CertificateCompressionAlgorithm,
  certificateCompressionAlgorithmName,
} from './registry/certificateCompressionAlgorithm.ts'
export { CertificateStatusType, certificateStatusTypeName } from './registry/certificateStatusType.ts'
export { CertificateType, certificateTypeName } from './registry/certificateType.ts'
export { CipherSuite, cipherSuiteName } from './registry/cipherSuite.ts'
export { ContentType, contentTypeName } from './registry/contentType.ts'
export { ExtensionType, extensionTypeName } from './registry/extensionType.ts'
export { HandshakeType, handshakeTypeName } from './registry/handshakeType.ts'
export { HeartbeatMode, heartbeatModeName } from './registry/heartbeatMode.ts'
export { KeyUpdateRequest, keyUpdateRequestName } from './registry/keyUpdateRequest.ts'
export { MaxFragmentLengthCode, maxFragmentLengthCodeName } from './registry/maxFragmentLengthCode.ts'
export { NameType, nameTypeName } from './registry/nameType.ts'
export { NamedGroup, namedGroupName } from './registry/namedGroup.ts'
export { ProtocolVersion, protocolVersionName } from './registry/protocolVersion.ts'
export { PskKeyExchangeMode, pskKeyExchangeModeName } from './registry/pskKeyExchangeMode.ts'
export { SignatureScheme, signatureSchemeName } from './registry/signatureScheme.ts'
export { SrtpProtectionProfile, srtpProtectionProfileName } from './registry/srtpProtectionProfile.ts'

// Records and alerts
export { Alert } from './record/alert.ts'
export {
  maxCiphertextLength,
  maxPlaintextLength,
  RecordHeader,
  recordHeaderLength,
  TLSCiphertext,
  TLSInnerPlaintext,
  TLSPlaintext,
} from './record/record.ts'

// Handshake messages
export { annotateHandshake } from './messages/annotateHandshake.ts'
export { CertificateEntry, Certificate } from './messages/certificate.ts'
export { CertificateRequest } from './messages/certificateRequest.ts'
export { CertificateVerify } from './messages/certificateVerify.ts'
export { ClientHello } from './messages/clientHello.ts'
export { CompressedCertificate } from './messages/compressedCertificate.ts'
export { EncryptedExtensions } from './messages/encryptedExtensions.ts'
export { EndOfEarlyData } from './messages/endOfEarlyData.ts'
export { Finished } from './messages/finished.ts'
export {
  handshakeHeaderLength,
  type HandshakeMessage,
  decodeHandshakeHeader,
  encodeHandshake,
} from './messages/handshake.ts'
export { handshakeMessageCodec } from './messages/handshakeMessageCodec.ts'
export { KeyUpdate } from './messages/keyUpdate.ts'
export { MessageHash } from './messages/messageHash.ts'
export { NewSessionTicket } from './messages/newSessionTicket.ts'
export { bindersLength, truncateClientHello, fillBinders } from './messages/pskBinders.ts'
export {
  ServerHello,
  helloRetryRequestRandom,
  isHelloRetryRequest,
  downgradeToTls12,
  downgradeToTls11,
} from './messages/serverHello.ts'

// Extensions
export { Extension } from './extensions/Extension.ts'
export type { ExtensionMessage } from './extensions/message.ts'
export {
  ProtocolNameList,
  applicationLayerProtocolNegotiation,
} from './extensions/applicationLayerProtocolNegotiation.ts'
export {
  CertificateAuthoritiesExtension,
  certificateAuthorities,
} from './extensions/certificateAuthorities.ts'
export { checkExtensions } from './extensions/checkExtensions.ts'
export {
  ClientCertificateTypes,
  SelectedClientCertificateType,
  clientCertificateType,
} from './extensions/clientCertificateType.ts'
export { CertificateCompressionAlgorithms, compressCertificate } from './extensions/compressCertificate.ts'
export { Cookie, cookie } from './extensions/cookie.ts'
export {
  defineExtension,
  readExtension,
  writeExtension,
  type ExtensionBodies,
  type ExtensionDefinition,
  type ExtensionValue,
} from './extensions/definition.ts'
export { Credential, DelegatedCredential, delegatedCredential } from './extensions/delegatedCredential.ts'
export { EarlyDataLimit, earlyData } from './extensions/earlyData.ts'
export { isAllowedIn } from './extensions/allowed.ts'
export { extensionDefinitions } from './extensions/extensionDefinitions.ts'
export { HeartbeatExtension, heartbeat } from './extensions/heartbeat.ts'
export {
  KeyShareEntry,
  KeyShareClientHello,
  KeyShareHelloRetryRequest,
  KeyShareServerHello,
  keyShare,
} from './extensions/keyShare.ts'
export { MaxFragmentLength, maxFragmentLength } from './extensions/maxFragmentLength.ts'
export { OIDFilter, OIDFilterExtension, oidFilters } from './extensions/oidFilters.ts'
export { Padding, padding } from './extensions/padding.ts'
export { postHandshakeAuth } from './extensions/postHandshakeAuth.ts'
export { PskIdentity, OfferedPsks, SelectedPsk, preSharedKey } from './extensions/preSharedKey.ts'
export { PskKeyExchangeModes, pskKeyExchangeModes } from './extensions/pskKeyExchangeModes.ts'
export { QuicTransportParameters, quicTransportParameters } from './extensions/quicTransportParameters.ts'
export { RecordSizeLimit, recordSizeLimit } from './extensions/recordSizeLimit.ts'
export {
  ServerCertificateTypes,
  SelectedServerCertificateType,
  serverCertificateType,
} from './extensions/serverCertificateType.ts'
export { ServerName, ServerNameList, serverName } from './extensions/serverName.ts'
export { SignatureSchemeList, signatureAlgorithms } from './extensions/signatureAlgorithms.ts'
export { signatureAlgorithmsCert } from './extensions/signatureAlgorithmsCert.ts'
export {
  SignedCertificateTimestampList,
  signedCertificateTimestamp,
} from './extensions/signedCertificateTimestamp.ts'
export { CertificateStatusRequest, CertificateStatus, statusRequest } from './extensions/statusRequest.ts'
export { NamedGroupList, supportedGroups } from './extensions/supportedGroups.ts'
export { OfferedVersions, SelectedVersion, supportedVersions } from './extensions/supportedVersions.ts'
export { ExpectedTickets, TicketRequest, ticketRequest } from './extensions/ticketRequest.ts'
export { UncompressedPointRepresentation } from './extensions/uncompressedPoint.ts'
export { UseSRTPData, useSrtp } from './extensions/useSrtp.ts'
