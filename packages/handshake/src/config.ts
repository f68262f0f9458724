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
} from '@mortise/crypto'
import { codeText, inWords, PskKeyExchangeMode, TlsError, type Extension } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import {
  checkCertificateTypes,
  defaultCertificateTypes,
  type ClientCertificateTypes,
} from './authentication/certificateType.ts'
import type { CompressionConfig } from './authentication/compression.ts'
import { checkCredential, type Credential } from './authentication/credential.ts'
import type { DelegationRules } from './authentication/delegatedCredentials.ts'
import type { ClientCredentials } from './client/clientCredentials.ts'
import { noCredentials } from './client/noCredentials.ts'
import type { ClientPreSharedKeys } from './client/preSharedKeys.ts'
import {
  checkAlpn,
  checkKeyExchangeModes,
  checkList,
  checkMade,
  checkNumber,
  checkRecordSizeLimit,
  checkTickets,
} from './configChecks.ts'
import type {
  ClientAuthentication,
  ClientOptions,
  CommonOptions,
  ServerOptions,
  TicketOptions,
} from './options.ts'
import { checkPrivateExtensions } from './privateExtensions.ts'
import type { PeerVerifier } from './verifier.ts'

/** As much as the record layer takes of an uncompressed one. */
const defaultMaxCertificateLength = 102_400

export interface CommonConfig extends CompressionConfig {
  readonly provider: CryptoProvider
  readonly cipherSuites: readonly CipherSuite[]
  readonly groups: readonly KeyExchangeGroup[]
  readonly signatureSchemes: readonly number[]
  readonly signatureSchemesCert: readonly number[] | undefined
  readonly delegatedCredentials: DelegationRules | undefined
  readonly alpn: readonly string[]
  readonly extensions: readonly Extension[]
  readonly recordSizeLimit: number | undefined
  readonly signal: AbortSignalLike | undefined
  readonly now: (() => number) | undefined
}

export interface ClientConfig extends CommonConfig, ClientCertificateTypes {
  readonly verifier: PeerVerifier
  readonly serverName: string | undefined
  readonly keyShares: readonly KeyExchangeGroup[]
  readonly grease: boolean
  readonly permuteExtensions: boolean
  readonly compatibilityMode: boolean
  readonly credentials: ClientCredentials
  readonly certificateAuthorities: readonly Uint8Array[]
  readonly padClientHello: number
  readonly preSharedKeys: ClientPreSharedKeys | undefined
}

export interface ServerConfig extends CommonConfig {
  readonly credentials: readonly Credential[]
  readonly preference: 'server' | 'client'
  readonly retryFor: 'hybrid' | 'preferred'
  readonly grease: boolean
  readonly announceGroups: boolean
  /** CertificateType code points that clients are taken with, best first. */
  readonly clientCertificateTypes: readonly number[]
  readonly clientAuthentication: Required<ClientAuthentication> | undefined
  readonly pskKeyExchangeModes: readonly number[]
  readonly sessionContext: string
  readonly findPreSharedKey: ServerOptions['findPreSharedKey']
  readonly tickets: TicketOptions | undefined
  readonly retryCookie: (() => MaybePromise<Uint8Array>) | undefined
}

/** @throws TlsError `ERR_TLS_CONFIG` */
export function clientConfig(options: ClientOptions): ClientConfig {
  const common = commonConfig(options, 'clientHello')
  const { credentials = noCredentials, preSharedKeys, verifier } = options
  checkMade({
    credentials: 'prove' in credentials,
    preSharedKeys: !preSharedKeys || 'offer' in preSharedKeys,
  })
  return Object.freeze({
    ...common,
    serverCertificateTypes: checkCertificateTypes(verifier.certificateTypes ?? defaultCertificateTypes),
    clientCertificateTypes: credentials.certificateTypes,
    verifier,
    serverName: options.serverName,
    keyShares: options.keyShares
      ? pickGroups(common.groups, options.keyShares)
      : predictedGroups(common.groups),
    grease: options.grease ?? true,
    permuteExtensions: options.permuteExtensions ?? true,
    compatibilityMode: options.compatibilityMode ?? true,
    credentials,
    certificateAuthorities: options.certificateAuthorities ?? [],
    padClientHello: checkNumber('padClientHello', options.padClientHello ?? 0, 0, 0xffff),
    preSharedKeys,
  })
}

/** @throws TlsError `ERR_TLS_CONFIG` */
export function serverConfig(options: ServerOptions): ServerConfig {
  options.credentials.forEach(checkCredential)
  return Object.freeze({
    ...commonConfig(options, 'encryptedExtensions'),
    credentials: options.credentials,
    preference: options.preference ?? 'server',
    retryFor: options.retryFor ?? 'hybrid',
    grease: options.grease ?? true,
    announceGroups: options.announceGroups ?? false,
    clientCertificateTypes: checkCertificateTypes(
      options.clientAuthentication?.verifier.certificateTypes ?? defaultCertificateTypes,
    ),
    clientAuthentication: options.clientAuthentication && {
      inHandshake: true,
      certificateAuthorities: [],
      oidFilters: [],
      ...options.clientAuthentication,
    },
    pskKeyExchangeModes: checkKeyExchangeModes(
      options.pskKeyExchangeModes ?? [PskKeyExchangeMode.psk_dhe_ke],
    ),
    sessionContext: options.sessionContext ?? '',
    findPreSharedKey: options.findPreSharedKey,
    tickets: options.tickets && options.now ? checkTickets(options.tickets) : undefined,
    retryCookie: options.retryCookie,
  })
}

function commonConfig(options: CommonOptions, message: 'clientHello' | 'encryptedExtensions'): CommonConfig {
  const { provider, certificateCompression, delegatedCredentials } = options
  checkMade({
    certificateCompression: !certificateCompression || 'offer' in certificateCompression,
    delegatedCredentials: !delegatedCredentials || typeof delegatedCredentials === 'function',
  })
  const known = cipherSuites(provider)
  const verifiable = provider.signatures.flatMap(({ scheme }) => (scheme === undefined ? [] : [scheme]))
  return {
    provider,
    cipherSuites: options.cipherSuites
      ? checkList('cipherSuites', options.cipherSuites).map((suite) =>
          find(
            known,
            (item) => item.suite === suite,
            inWords && `cipher suite ${codeText.cipherSuite(suite)}`,
          ),
        )
      : known.filter(({ aead }) => !aead.name.includes('ccm')),
    groups: options.groups
      ? pickGroups(provider.groups, checkList('groups', options.groups))
      : provider.groups,
    signatureSchemes: checkList(
      'signatureSchemes',
      pickSchemes(verifiable, options.signatureSchemes) ?? verifiable,
    ),
    signatureSchemesCert: pickSchemes(verifiable, options.signatureSchemesCert),
    delegatedCredentials: delegatedCredentials?.(options),
    alpn: checkAlpn(options.alpn ?? []),
    certificateCompression,
    maxCertificateLength: checkNumber(
      'maxCertificateLength',
      options.maxCertificateLength ?? defaultMaxCertificateLength,
      1,
      0xff_ffff,
    ),
    extensions: checkPrivateExtensions(options.extensions ?? [], message),
    recordSizeLimit: checkRecordSizeLimit(options.recordSizeLimit),
    signal: options.signal,
    now: options.now,
  }
}

function find<T>(items: readonly T[], matches: (item: T) => boolean, what: string | false): T {
  const item = items.find(matches)
  if (item === undefined)
    throw new TlsError(faults.ERR_TLS_CONFIG, { detail: what && `the provider has no ${what}` })
  return item
}

function pickGroups(
  from: readonly KeyExchangeGroup[],
  wanted: readonly number[],
): readonly KeyExchangeGroup[] {
  return wanted.map((group) =>
    find(from, (item) => item.group === group, inWords && `group ${codeText.namedGroup(group)}`),
  )
}

function pickSchemes(
  from: readonly number[],
  wanted: readonly number[] | undefined,
): readonly number[] | undefined {
  return wanted?.map((scheme) =>
    find(from, (item) => item === scheme, inWords && `signature scheme ${codeText.signatureScheme(scheme)}`),
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
