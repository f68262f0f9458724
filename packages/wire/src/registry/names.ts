/** Every registry's names, for the annotated view and for traces; whoever needs one imports only that. */
import { alertDescriptionName } from './alertDescription.ts'
import { alertLevelName } from './alertLevel.ts'
import { certificateCompressionAlgorithmName } from './certificateCompressionAlgorithm.ts'
import { certificateStatusTypeName } from './certificateStatusType.ts'
import { certificateTypeName } from './certificateType.ts'
import { cipherSuiteName } from './cipherSuite.ts'
import { contentTypeName } from './contentType.ts'
import { extensionTypeName } from './extensionType.ts'
import { handshakeTypeName } from './handshakeType.ts'
import { heartbeatModeName } from './heartbeatMode.ts'
import { keyUpdateRequestName } from './keyUpdateRequest.ts'
import { maxFragmentLengthCodeName } from './maxFragmentLengthCode.ts'
import { nameTypeName } from './nameType.ts'
import { namedGroupName } from './namedGroup.ts'
import { protocolVersionName } from './protocolVersion.ts'
import { pskKeyExchangeModeName } from './pskKeyExchangeMode.ts'
import { signatureSchemeName } from './signatureScheme.ts'
import { srtpProtectionProfileName } from './srtpProtectionProfile.ts'

export const names = {
  AlertDescription: alertDescriptionName,
  AlertLevel: alertLevelName,
  CertificateCompressionAlgorithm: certificateCompressionAlgorithmName,
  CertificateStatusType: certificateStatusTypeName,
  CertificateType: certificateTypeName,
  CipherSuite: cipherSuiteName,
  ContentType: contentTypeName,
  ExtensionType: extensionTypeName,
  HandshakeType: handshakeTypeName,
  HeartbeatMode: heartbeatModeName,
  KeyUpdateRequest: keyUpdateRequestName,
  MaxFragmentLengthCode: maxFragmentLengthCodeName,
  NameType: nameTypeName,
  NamedGroup: namedGroupName,
  ProtocolVersion: protocolVersionName,
  PskKeyExchangeMode: pskKeyExchangeModeName,
  SignatureScheme: signatureSchemeName,
  SrtpProtectionProfile: srtpProtectionProfileName,
} as const

/** A registry of this folder: `CipherSuite`, `NamedGroup`, … */
export type RegistryName = keyof typeof names
