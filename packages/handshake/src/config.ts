/**
 * Options become a frozen config once, before a handshake begins: what can't be honoured is refused here and
 * not found out in the middle of a connection.
 */
import {
  type AbortSignalLike,
  type CipherSuite,
  cipherSuites,
  type CryptoProvider,
  type KeyExchangeGroup,
  type MaybePromise,
  type SigningKey,
} from '@mortise/crypto'
import {
  cipherSuiteName,
  decode,
  namedGroupName,
  PskKeyExchangeMode,
  SignedCertificateTimestampList,
  signatureSchemeName,
  TlsError,
} from '@mortise/wire'
import type { ExternalPreSharedKey } from './preSharedKey/preSharedKey.ts'
import type { ClientSession, ServerSession } from './preSharedKey/session.ts'
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
  /** ALPN protocol names (RFC 7301), 1 to 255 bytes each; a character stands for a byte (`\u0000` to `\u00ff`). */
  readonly alpn?: readonly string[]
  /** Plaintext bytes per record that we are willing to receive, content type included: 64 to 2^14 + 1 (RFC 8449). Default: not negotiated. */
  readonly recordSizeLimit?: number
  /** Aborted when the connection is given up; passed on to signing keys. */
  readonly signal?: AbortSignalLike
  /** Milliseconds since 1970, for the age of tickets. Without it nothing is resumed. */
  readonly now?: () => number
  /** PskKeyExchangeMode code points, in order of preference. Default: psk_dhe_ke alone, since psk_ke has no forward secrecy. */
  readonly pskKeyExchangeModes?: readonly number[]
  /**
   * Stands for what sessions depend on and the handshake doesn't see, the verifier's trust above all: a session is resumed
   * only under the context that it was made under. Default: the empty string.
   */
  readonly sessionContext?: string
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
  /** Certificates to authenticate with if the server asks (RFC 9846 §4.4.2). Default: none, an empty Certificate is sent. */
  readonly credentials?: CredentialSource
  /** Sessions to resume, best first: offered as pre-shared keys if they fit these options. */
  readonly sessions?: readonly ClientSession[]
  /** Take tickets for later connections: each becomes a `newSession` action. Default: false. */
  readonly acceptTickets?: boolean
  /** External keys to offer, after the sessions (RFC 9846 §4.3.11). */
  readonly preSharedKeys?: readonly ExternalPreSharedKey[]
  /** Offer early data with the first session, if that allows it (RFC 9846 §4.3.10). It can be replayed. Default: false. */
  readonly earlyData?: boolean
}

/** What a CertificateRequest asks for (RFC 9846 §4.4.2). */
export interface CredentialRequest {
  /** SignatureScheme code points for CertificateVerify, in the server's order. */
  readonly signatureSchemes: readonly number[]
  /** DER distinguished names; empty: any. */
  readonly certificateAuthorities: readonly Uint8Array[]
}

/** Credentials, best first, or a function that chooses some for a request. What it throws fails the handshake. */
export type CredentialSource =
  | readonly Credential[]
  | ((request: CredentialRequest) => MaybePromise<readonly Credential[]>)

/** A certificate chain and its key. */
export interface Credential {
  /** DER certificates, end-entity first. */
  readonly certificates: readonly Uint8Array[]
  readonly key: SigningKey
  /** DNS names this credential is good for, `*.` wildcards included; compared with server_name. Absent: any name, as a last resort. */
  readonly names?: readonly string[]
  /** DER OCSPResponse to staple. */
  readonly ocspResponse?: Uint8Array
  /** SignedCertificateTimestampList to staple. */
  readonly signedCertificateTimestamps?: Uint8Array
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

/** How a server asks for a certificate (RFC 9846 §4.4.2). */
export interface ClientAuthentication {
  /** Fail with certificate_required if the client has no certificate; otherwise go on without. */
  readonly required: boolean
  readonly verifier: PeerVerifier
  /** DER distinguished names to send as certificate_authorities (RFC 9846 §4.3.4). */
  readonly certificateAuthorities?: readonly Uint8Array[]
}

export interface CommonConfig {
  readonly provider: CryptoProvider
  readonly cipherSuites: readonly CipherSuite[]
  readonly groups: readonly KeyExchangeGroup[]
  readonly signatureSchemes: readonly number[]
  readonly signatureSchemesCert: readonly number[] | undefined
  readonly alpn: readonly string[]
  readonly recordSizeLimit: number | undefined
  readonly signal: AbortSignalLike | undefined
  readonly now: (() => number) | undefined
  readonly pskKeyExchangeModes: readonly number[]
  readonly sessionContext: string
}

export interface ClientConfig extends CommonConfig {
  readonly verifier: PeerVerifier
  readonly serverName: string | undefined
  readonly keyShares: readonly KeyExchangeGroup[]
  readonly grease: boolean
  readonly permuteExtensions: boolean
  readonly compatibilityMode: boolean
  readonly credentials: CredentialSource
  readonly sessions: readonly ClientSession[]
  readonly acceptTickets: boolean
  readonly preSharedKeys: readonly ExternalPreSharedKey[]
  readonly earlyData: boolean
}

export interface ServerConfig extends CommonConfig {
  readonly credentials: readonly Credential[]
  readonly preference: 'server' | 'client'
  readonly retryFor: 'hybrid' | 'preferred'
  readonly grease: boolean
  readonly announceGroups: boolean
  readonly clientAuthentication: ClientAuthentication | undefined
  readonly findPreSharedKey: ServerOptions['findPreSharedKey']
  readonly tickets: TicketOptions | undefined
  readonly retryCookie: (() => MaybePromise<Uint8Array>) | undefined
}

/** @throws TlsError `ERR_TLS_CONFIG` */
export function clientConfig(options: ClientOptions): ClientConfig {
  const common = commonConfig(options)
  return Object.freeze({
    ...common,
    verifier: options.verifier,
    serverName: options.serverName,
    keyShares: options.keyShares
      ? pickGroups(common.groups, options.keyShares)
      : predictedGroups(common.groups),
    grease: options.grease ?? true,
    permuteExtensions: options.permuteExtensions ?? true,
    compatibilityMode: options.compatibilityMode ?? true,
    credentials: options.credentials ?? [],
    sessions: options.now ? (options.sessions ?? []) : [],
    acceptTickets: options.acceptTickets ?? false,
    preSharedKeys: options.preSharedKeys ?? [],
    earlyData: options.earlyData ?? false,
  })
}

/** @throws TlsError `ERR_TLS_CONFIG` */
export function serverConfig(options: ServerOptions): ServerConfig {
  options.credentials.forEach(checkCredential)
  return Object.freeze({
    ...commonConfig(options),
    credentials: options.credentials,
    preference: options.preference ?? 'server',
    retryFor: options.retryFor ?? 'hybrid',
    grease: options.grease ?? true,
    announceGroups: options.announceGroups ?? false,
    clientAuthentication: options.clientAuthentication,
    findPreSharedKey: options.findPreSharedKey,
    tickets: options.now ? options.tickets : undefined,
    retryCookie: options.retryCookie,
  })
}

function checkCredential({ certificates, signedCertificateTimestamps }: Credential): void {
  if (certificates.length === 0)
    throw new TlsError('ERR_TLS_CONFIG', { detail: 'a credential has no certificate' })
  if (!signedCertificateTimestamps) return
  try {
    decode(SignedCertificateTimestampList, signedCertificateTimestamps)
  } catch (cause) {
    throw new TlsError('ERR_TLS_CONFIG', {
      detail: 'a credential has a malformed SignedCertificateTimestampList',
      cause,
    })
  }
}

function commonConfig(options: CommonOptions): CommonConfig {
  const { provider } = options
  const known = cipherSuites(provider)
  const verifiable = provider.signatures.flatMap(({ scheme }) => (scheme === undefined ? [] : [scheme]))
  return {
    provider,
    cipherSuites: options.cipherSuites
      ? options.cipherSuites.map((suite) =>
          find(known, (item) => item.suite === suite, `cipher suite ${cipherSuiteName(suite)}`),
        )
      : known.filter(({ aead }) => !aead.name.includes('ccm')),
    groups: options.groups ? pickGroups(provider.groups, options.groups) : provider.groups,
    signatureSchemes: pickSchemes(verifiable, options.signatureSchemes) ?? verifiable,
    signatureSchemesCert: pickSchemes(verifiable, options.signatureSchemesCert),
    alpn: checkAlpn(options.alpn ?? []),
    recordSizeLimit: checkRecordSizeLimit(options.recordSizeLimit),
    signal: options.signal,
    now: options.now,
    pskKeyExchangeModes: options.pskKeyExchangeModes ?? [PskKeyExchangeMode.psk_dhe_ke],
    sessionContext: options.sessionContext ?? '',
  }
}

function find<T>(items: readonly T[], matches: (item: T) => boolean, what: string): T {
  const item = items.find(matches)
  if (item === undefined) throw new TlsError('ERR_TLS_CONFIG', { detail: `the provider has no ${what}` })
  return item
}

function pickGroups(
  from: readonly KeyExchangeGroup[],
  wanted: readonly number[],
): readonly KeyExchangeGroup[] {
  return wanted.map((group) => find(from, (item) => item.group === group, `group ${namedGroupName(group)}`))
}

function pickSchemes(
  from: readonly number[],
  wanted: readonly number[] | undefined,
): readonly number[] | undefined {
  return wanted?.map((scheme) =>
    find(from, (item) => item === scheme, `signature scheme ${signatureSchemeName(scheme)}`),
  )
}

/** The most preferred hybrid, and the most preferred of the others, since not every server has a hybrid (RFC 9846 §4.3.8). */
function predictedGroups(groups: readonly KeyExchangeGroup[]): readonly KeyExchangeGroup[] {
  const hybrid = groups.find(isHybrid)
  const classical = groups.find((group) => !isHybrid(group))
  return groups.filter((group) => group === hybrid || group === classical)
}

/** Whether a group resists a quantum computer: the names registered for ML-KEM and its hybrids have it in them. */
export function isHybrid({ name }: KeyExchangeGroup): boolean {
  return name.includes('MLKEM')
}

function checkAlpn(protocols: readonly string[]): readonly string[] {
  for (const protocol of protocols)
    if (!/^[\u0000-\u00ff]{1,255}$/u.test(protocol))
      throw new TlsError('ERR_TLS_CONFIG', {
        detail: `ALPN protocol ${JSON.stringify(protocol)} is not 1 to 255 bytes`,
      })
  return protocols
}

function checkRecordSizeLimit(limit: number | undefined): number | undefined {
  // RFC 8449 §4: at least 64, and TLS 1.3 allows no more than 2^14 + 1
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 64 && limit <= 16_385))
    throw new TlsError('ERR_TLS_CONFIG', { detail: `recordSizeLimit ${limit}, allowed 64..16385` })
  return limit
}
