export type { EncryptionLevel, HandshakeAction, InstallKeys, KeyLogLabel } from './action.ts'
export {
  clientCredentials,
  type ClientCredentials,
  type ClientCredentialsOptions,
} from './client/clientCredentials.ts'
export { composeClientHello, type ComposeClientHello, type SentClientHello } from './client/clientHello.ts'
export { createClientHandshake } from './client/createClientHandshake.ts'
export type { ClientPreSharedKeys } from './client/preSharedKeys.ts'
export {
  clientPreSharedKeys,
  type ClientPreSharedKeysOptions,
} from './client/preSharedKeys/clientPreSharedKeys.ts'
export type { CertificateCompressor, CompressedCertificates } from './authentication/compression.ts'
export {
  compressedCertificates,
  type CertificateCompression,
} from './authentication/compressedCertificates.ts'
export {
  rawPublicKey,
  type Credential,
  type CredentialRequest,
  type CredentialSource,
  type DelegatedKey,
} from './authentication/credential.ts'
export { type DelegationRequest, signDelegatedCredential } from './authentication/delegatedCredential.ts'
export {
  delegatedCredentials,
  type DelegatedCredentials,
  type DelegatingCertificate,
  type DelegationExpectation,
  type DelegationRules,
} from './authentication/delegatedCredentials.ts'
export type {
  ClientAuthentication,
  ClientOptions,
  CommonOptions,
  EarlyDataOptions,
  ServerOptions,
  TicketOptions,
} from './options.ts'
export type { Handshake } from './handshake.ts'
export type { HandshakeInfo, VerifiedPeer } from './info.ts'
export { importPreSharedKey, type ImportablePreSharedKey } from './preSharedKey/importPreSharedKey.ts'
export type { ExternalPreSharedKey, PreSharedKeyKind } from './preSharedKey/preSharedKey.ts'
export type { ClientSession, ServerSession, SessionParameters } from './preSharedKey/session.ts'
export type { ClientHelloInfo } from './server/clientHelloInfo.ts'
export type { ServerOptionsSource } from './server/context.ts'
export { createServerHandshake } from './server/createServerHandshake.ts'
export type { PeerCertificates, PeerVerifier } from './verifier.ts'
