/**
 * TLS 1.3 (RFC 9846) over any pair of streams, with the cryptography that the caller brings.
 */
export { accept } from './accept.ts'
export type { ClientOptions } from './clientConnection.ts'
export { brotli, zlib, zstd } from './certificateCompression.ts'
export {
  channelBinding,
  type BindableConnection,
  type ChannelBindingType,
  type Party,
} from './channelBinding.ts'
export { certificatesFromPem, loadCredential, loadRawPublicKey, type CredentialInput } from './credential.ts'
export { delegateCredential, delegatedCredentials, type DelegateOptions } from './delegation.ts'
export type { ConnectionSettings, NegotiationOptions } from './commonOptions.ts'
export { connect, type ConnectOptions } from './connect.ts'
export type { EarlyDataSource, EarlyDataWriter } from './earlyDataWriter.ts'
export type { TraceEvent } from './core/events.ts'
export type { ConnectionInfo, Peer } from './info.ts'
export type {
  ClientAuthenticationOptions,
  ServerEarlyDataOptions,
  ServerNegotiationOptions,
  ServerOptions,
  ServerOptionsByClientHello,
  ServerTicketOptions,
} from './serverConnection.ts'
export type { ByteStream, TlsConnection } from './streams/tlsConnection.ts'
export type { TrustOptions } from './trust/trust.ts'
export { webSocketStream, type WebSocketLike, type WebSocketOptions } from './transports/webSocket.ts'

// Sessions
export { memoryReplayGuard, type MemoryReplayGuardOptions, type ReplayGuard } from './sessions/replayGuard.ts'
export { sealedTickets, type TicketKey, type TicketKeys } from './sessions/sealedTickets.ts'
export { externalPreSharedKeys, type ExternalPreSharedKeys } from './sessions/externalPreSharedKeys.ts'
export { decodeClientSession, encodeSession } from './sessions/sessionCodec.ts'
export { memorySessions, type MemorySessionsOptions, type SessionStore } from './sessions/sessionStore.ts'
export { storedSessions, type ClientSessions } from './sessions/storedSessions.ts'
export { memoryTickets, type MemoryTicketsOptions, type TicketStore } from './sessions/ticketStore.ts'

// Of the packages below, what options are made of
export type {
  CertificateCompression,
  ClientCredentials,
  ClientCredentialsOptions,
  ClientHelloInfo,
  ClientSession,
  CompressedCertificates,
  Credential,
  CredentialRequest,
  CredentialSource,
  DelegatedCredentials,
  ExternalPreSharedKey,
  ServerSession,
} from '@mortise/handshake'
export { clientCredentials, compressedCertificates, importPreSharedKey } from '@mortise/handshake'
export {
  callback,
  certificateTransparency,
  chainVerifier,
  parseCertificate,
  pinned,
  revocationLists,
  spiffe,
  stapledOcsp,
  trustOnFirstUse,
  unsafeAcceptAny,
} from '@mortise/x509'
export type { Certificate, CertificateVerifier, PathCheck, TrustAnchorInput } from '@mortise/x509'
export { faults, isTlsError, TlsError, type Fault, type TlsErrorCode } from '@mortise/wire'
