/** What an owner may ask of a handshake. Options become a config, see `config.ts`. */
import type { AbortSignalLike, CryptoProvider, MaybePromise } from '@mortise/crypto'
import type { Extension, OIDFilter } from '@mortise/wire'
import type { CompressedCertificates } from './authentication/compression.ts'
import type { Credential } from './authentication/credential.ts'
import type { DelegatedCredentials } from './authentication/delegatedCredentials.ts'
import type { ClientCredentials } from './client/clientCredentials.ts'
import type { ClientPreSharedKeys } from './client/preSharedKeys.ts'
import type { ExternalPreSharedKey } from './preSharedKey/preSharedKey.ts'
import type { ServerSession } from './preSharedKey/session.ts'
import type { PeerVerifier } from './verifier.ts'

/** What both roles have in common. Lists are in order of preference. */
export interface CommonOptions {
  readonly provider: CryptoProvider
  /** CipherSuite code points. Default: all of the provider but CCM. */
  readonly cipherSuites?: readonly number[]
  /** NamedGroup code points. Default: the provider's, in its order. */
  readonly groups?: readonly number[]
  /** SignatureScheme code points that the peer may sign with. Default: all that the provider verifies. */
  readonly signatureSchemes?: readonly number[]
  /** SignatureScheme code points accepted in the peer's certificates, sent as signature_algorithms_cert. Default: not sent, as `signatureSchemes`. */
  readonly signatureSchemesCert?: readonly number[]
  /** The peer may use delegated credentials in place of its certificate's own key (RFC 9345). Needs `now`. Default: none are taken. */
  readonly delegatedCredentials?: DelegatedCredentials
  /** ALPN protocol names (RFC 7301), 1 to 255 bytes each; a character stands for a byte (`\u0000` to `\u00ff`). */
  readonly alpn?: readonly string[]
  /** For certificates of either side: `compressedCertificates` (RFC 8879). Default: none are compressed. */
  readonly certificateCompression?: CompressedCertificates
  /** The longest Certificate message that a compressed one may stand for, in bytes. Default: 102,400. */
  readonly maxCertificateLength?: number
  /**
   * Extensions that Mortise knows nothing of, as quic_transport_parameters: in the ClientHello; of a server in
   * EncryptedExtensions, those that the client sent too. The peer's of the same types are in `HandshakeInfo.extensions`.
   */
  readonly extensions?: readonly Extension[]
  /** Plaintext bytes per record that we are willing to receive, content type included: 64 to 2^14 + 1 (RFC 8449). Default: not negotiated. */
  readonly recordSizeLimit?: number
  /** Aborted when the connection is given up; passed on to signing keys. */
  readonly signal?: AbortSignalLike
  /** Milliseconds since 1970, for the age of tickets. Without it nothing is resumed. */
  readonly now?: () => number
}

export interface ClientOptions extends CommonOptions {
  readonly verifier: PeerVerifier
  /** The host name or IP address to reach. A DNS name is sent as server_name; both are what the verifier checks. */
  readonly serverName?: string
  /** NamedGroup code points to send key shares for. Default: the first hybrid, and the first other group. */
  readonly keyShares?: readonly number[]
  /** Send GREASE values (RFC 8701). Default: true. */
  readonly grease?: boolean
  /** Send extensions in random order. Default: true. */
  readonly permuteExtensions?: boolean
  /** Middlebox compatibility mode (RFC 9846 §E.4): a session id and change_cipher_spec records. Default: true. */
  readonly compatibilityMode?: boolean
  /** What to authenticate with if the server asks (RFC 9846 §4.4.2). Default: nothing, an empty Certificate is sent. */
  readonly credentials?: ClientCredentials
  /** DER distinguished names to send as certificate_authorities: whose certificates we like to see (RFC 9846 §4.3.4). Default: none. */
  readonly certificateAuthorities?: readonly Uint8Array[]
  /** The ClientHello is padded up to this many bytes, if it is shorter (RFC 7685). Default: it is not. */
  readonly padClientHello?: number
  /** Sessions and other keys to offer, of `clientPreSharedKeys` (RFC 9846 §4.3.11). Default: none; tickets are ignored. */
  readonly preSharedKeys?: ClientPreSharedKeys
}

export interface ServerOptions extends CommonOptions {
  /** In order of preference; the first that fits server_name and the client's signature_algorithms is used. */
  readonly credentials: readonly Credential[]
  /** Whose order decides the cipher suite and group. Default: `server`. */
  readonly preference?: 'server' | 'client'
  /**
   * When to ask for another key share by HelloRetryRequest, though one of the client's could be used: for a hybrid
   * group only, or for any that is preferred. Default: `hybrid`.
   */
  readonly retryFor?: 'hybrid' | 'preferred'
  /** Send GREASE values where a server may (RFC 8701 §4.1). Default: true. */
  readonly grease?: boolean
  /** The groups, told to the client in EncryptedExtensions (RFC 9846 §4.3.7). Default: not sent. */
  readonly announceGroups?: boolean
  /** Ask the client for a certificate (RFC 9846 §4.4.2). Default: no. */
  readonly clientAuthentication?: ClientAuthentication
  /** PskKeyExchangeMode code points, in order of preference. Default: psk_dhe_ke alone, since psk_ke has no forward secrecy. */
  readonly pskKeyExchangeModes?: readonly number[]
  /**
   * Stands for what sessions depend on and the handshake doesn't see, the verifier's trust above all: a session is resumed
   * only under the context that it was made under. Default: the empty string.
   */
  readonly sessionContext?: string
  /** Keys that clients may offer, by identity; `undefined` for one that is unknown (RFC 9846 §4.3.11). */
  readonly findPreSharedKey?: (identity: Uint8Array) => MaybePromise<ExternalPreSharedKey | undefined>
  /** Tickets for clients that come back. Default: none are issued or taken. */
  readonly tickets?: TicketOptions
  /** Cookie to put into a HelloRetryRequest (RFC 9846 §4.3.2), 1 to 2^16 - 1 bytes. Default: none. */
  readonly retryCookie?: () => MaybePromise<Uint8Array>
}

/** How sessions are handed out and found again; the tickets themselves are made elsewhere. */
export interface TicketOptions {
  /** A ticket for `session`: the session itself, sealed, or the name it is stored under. */
  readonly issue: (session: ServerSession) => MaybePromise<Uint8Array>
  /** The session of a ticket; `undefined` if it is unknown, forged, used up or too old. */
  readonly redeem: (ticket: Uint8Array) => MaybePromise<ServerSession | undefined>
  /** NewSessionTicket messages after a handshake. Default: 2. */
  readonly count?: number
  /** Seconds, at most 604,800 (RFC 9846 §4.7.1). Default: 86,400. */
  readonly lifetime?: number
  readonly earlyData?: EarlyDataOptions
}

/** A server's terms for 0-RTT (RFC 9846 §8). */
export interface EarlyDataOptions {
  /** Bytes of early data to take per connection (RFC 9846 §4.7.1). */
  readonly maxSize: number
  /**
   * Whether a ClientHello is seen for the first time (RFC 9846 §8): answers `true` exactly once for each `id`.
   * @param id of the ClientHello, 32 bytes or more
   * @param expiresAt milliseconds since 1970 after which an `id` is refused as stale anyway
   */
  readonly isFirstUse: (id: Uint8Array, expiresAt: number) => MaybePromise<boolean>
  /** How far a ticket's age may be off, in milliseconds (RFC 9846 §8.3). Default: 10,000. */
  readonly window?: number
}

/** How a server asks for a certificate, in the handshake (RFC 9846 §4.4.2) and after it (§4.7.2). */
export interface ClientAuthentication {
  /** Fail with certificate_required if a client that was asked has no certificate; otherwise go on without. */
  readonly required: boolean
  /** Ask in the handshake; otherwise only when `requestClientCertificate` is called. Default: true. */
  readonly inHandshake?: boolean
  readonly verifier: PeerVerifier
  /** DER distinguished names to send as certificate_authorities (RFC 9846 §4.3.4). */
  readonly certificateAuthorities?: readonly Uint8Array[]
  /** What the certificate must have, sent as oid_filters (RFC 9846 §4.3.5). The verifier still has to check it. */
  readonly oidFilters?: readonly OIDFilter[]
}
