/** The ClientHello, read and checked: what a server decides by (RFC 9846 §4.2.2, §9.2). */
import {
  applicationLayerProtocolNegotiation,
  certificateAuthorities,
  checkExtensions,
  CipherSuite,
  clientCertificateType,
  codeText,
  compressCertificate,
  cookie,
  delegatedCredential,
  earlyData,
  inWords,
  isGrease,
  keyShare,
  postHandshakeAuth,
  preSharedKey,
  ProtocolVersion,
  pskKeyExchangeModes,
  readExtension,
  recordSizeLimit,
  serverCertificateType,
  serverName,
  signatureAlgorithms,
  signatureAlgorithmsCert,
  signedCertificateTimestamp,
  statusRequest,
  supportedGroups,
  supportedVersions,
  TlsError,
  type ClientHello,
  type Extension,
  type KeyShareEntry,
  type OfferedPsks,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { protocolName } from '../alpn.ts'
import { checkOfferedTypes } from '../authentication/certificateType.ts'
import { checkCompressionOffer } from '../authentication/compression.ts'
import { isIpAddress } from '../serverName.ts'

/** What a server knows of a client before it answers. */
export interface ClientHelloInfo {
  readonly message: ClientHello
  /** The DNS name asked for, in lower case. */
  readonly serverName: string | undefined
  /** ALPN protocols in the client's order, without GREASE. */
  readonly alpn: readonly string[] | undefined
  /** Code points in the client's order; the last three are empty if the extension is absent. */
  readonly cipherSuites: readonly number[]
  readonly groups: readonly number[]
  readonly keyShares: readonly KeyShareEntry[]
  readonly signatureSchemes: readonly number[]
  readonly signatureSchemesCert: readonly number[] | undefined
  readonly cookie: Uint8Array | undefined
  /** DER distinguished names of authorities that the client would like to see (RFC 9846 §4.3.4); empty: any. */
  readonly certificateAuthorities: readonly Uint8Array[]
  readonly wantsOcspResponse: boolean
  readonly wantsSignedCertificateTimestamps: boolean
  /** CertificateCompressionAlgorithm code points that it can decompress (RFC 8879). */
  readonly certificateCompression: readonly number[] | undefined
  /** CertificateType code points, best first: what it takes of us, and what it can show (RFC 7250). */
  readonly serverCertificateTypes: readonly number[] | undefined
  readonly clientCertificateTypes: readonly number[] | undefined
  /** SignatureScheme code points of delegated credentials that it takes (RFC 9345); empty: it takes none. */
  readonly delegatedCredentialSchemes: readonly number[]
  readonly recordSizeLimit: number | undefined
  readonly preSharedKeys: OfferedPsks | undefined
  readonly pskKeyExchangeModes: readonly number[]
  readonly earlyData: boolean
  /** It may be asked for a certificate after the handshake (RFC 9846 §4.3.6). */
  readonly postHandshakeAuthentication: boolean
}

/** @throws TlsError for what no TLS 1.3 ClientHello may look like, whatever our options are */
export function readClientHelloInfo(message: ClientHello): ClientHelloInfo {
  checkVersion(message)
  const { extensions } = message
  // RFC 9846 §4.2.2: exactly one method, null
  if (message.legacyCompressionMethods.length !== 1 || message.legacyCompressionMethods[0] !== 0)
    throw new TlsError(faults.ERR_TLS_COMPRESSION, {
      detail: inWords && 'legacy_compression_methods must be the null method alone',
    })
  checkExtensions(extensions, 'clientHello', undefined)
  checkPreSharedKeyIsLast(extensions)
  const status = readExtension(extensions, statusRequest, 'clientHello')
  return {
    message,
    serverName: readServerName(extensions),
    alpn: readExtension(extensions, applicationLayerProtocolNegotiation, 'clientHello')
      ?.protocolNameList.map(protocolName)
      .filter((name) => !isGreaseName(name)),
    cipherSuites: message.cipherSuites,
    ...readKeyExchange(extensions),
    signatureSchemes:
      readExtension(extensions, signatureAlgorithms, 'clientHello')?.supportedSignatureAlgorithms ?? [],
    signatureSchemesCert: readExtension(extensions, signatureAlgorithmsCert, 'clientHello')
      ?.supportedSignatureAlgorithms,
    cookie: readExtension(extensions, cookie, 'clientHello')?.cookie,
    certificateAuthorities:
      readExtension(extensions, certificateAuthorities, 'clientHello')?.authorities ?? [],
    wantsOcspResponse: status !== undefined,
    wantsSignedCertificateTimestamps:
      readExtension(extensions, signedCertificateTimestamp, 'clientHello') !== undefined,
    certificateCompression: readCompression(extensions),
    serverCertificateTypes: checkOfferedTypes(
      readExtension(extensions, serverCertificateType, 'clientHello')?.serverCertificateTypes,
    ),
    clientCertificateTypes: checkOfferedTypes(
      readExtension(extensions, clientCertificateType, 'clientHello')?.clientCertificateTypes,
    ),
    delegatedCredentialSchemes:
      readExtension(extensions, delegatedCredential, 'clientHello')?.supportedSignatureAlgorithms ?? [],
    recordSizeLimit: readRecordSizeLimit(extensions),
    ...readPreSharedKeys(extensions),
    postHandshakeAuthentication: readExtension(extensions, postHandshakeAuth, 'clientHello') !== undefined,
  }
}

/**
 * What a handshake with a certificate needs, and one with a pre-shared key may leave out (RFC 9846 §9.2).
 * @throws TlsError `ERR_TLS_MISSING_EXTENSION`
 */
export function requireSignatureAlgorithms({ signatureSchemes }: ClientHelloInfo): void {
  if (signatureSchemes.length === 0)
    throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, {
      detail: inWords && 'ClientHello has no signature_algorithms',
    })
}

/** As `requireSignatureAlgorithms`, for a handshake with a key exchange. */
export function requireKeyExchange({ message: { extensions } }: ClientHelloInfo): void {
  for (const { type, name } of [supportedGroups, keyShare])
    if (!extensions.some(({ extensionType }) => extensionType === type))
      throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, {
        detail: inWords && `ClientHello has no ${name}`,
      })
}

function readPreSharedKeys(
  extensions: readonly Extension[],
): Pick<ClientHelloInfo, 'preSharedKeys' | 'pskKeyExchangeModes' | 'earlyData'> {
  const offered = readExtension(extensions, preSharedKey, 'clientHello')
  const modes = readExtension(extensions, pskKeyExchangeModes, 'clientHello')?.keModes
  const early = readExtension(extensions, earlyData, 'clientHello') !== undefined
  // RFC 9846 §4.3.9
  if (offered && !modes)
    throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, {
      detail: inWords && 'pre_shared_key without psk_key_exchange_modes',
    })
  // RFC 9846 §4.3.11: a binder for each identity
  if (offered && offered.identities.length !== offered.binders.length)
    throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
      detail: inWords && `${offered.identities.length} identities, ${offered.binders.length} binders`,
    })
  return { preSharedKeys: offered, pskKeyExchangeModes: modes ?? [], earlyData: early }
}

function checkVersion({ legacyVersion, cipherSuites, extensions }: ClientHello): void {
  const refuse = (detail: string | false): never => {
    // RFC 7507 §3: a client that says so could have done better, but somebody has kept it from that
    const fallback = cipherSuites.includes(CipherSuite.TLS_FALLBACK_SCSV)
    throw new TlsError(fallback ? faults.ERR_TLS_INAPPROPRIATE_FALLBACK : faults.ERR_TLS_PROTOCOL_VERSION, {
      detail,
    })
  }
  // RFC 9846 §4.2.2, §E.5: below TLS 1.2 is never TLS 1.3; above is ignored for supported_versions' sake (§4.3.1)
  if (legacyVersion < ProtocolVersion.TLS_1_2) refuse(`legacy_version 0x${legacyVersion.toString(16)}`)
  const versions = readExtension(extensions, supportedVersions, 'clientHello')?.versions
  if (!versions?.includes(ProtocolVersion.TLS_1_3)) refuse('the client does not offer TLS 1.3')
}

/** RFC 9846 §4.3.11: pre_shared_key MUST be the last extension. */
function checkPreSharedKeyIsLast(extensions: readonly Extension[]): void {
  const at = extensions.findIndex(({ extensionType }) => extensionType === preSharedKey.type)
  if (at >= 0 && at !== extensions.length - 1)
    throw new TlsError(faults.ERR_TLS_PSK_NOT_LAST, {
      detail: inWords && 'pre_shared_key is not the last extension',
    })
}

function readServerName(extensions: readonly Extension[]): string | undefined {
  const names = readExtension(extensions, serverName, 'clientHello')?.serverNameList
  if (!names) return undefined
  // RFC 6066 §3: at most one name of each type
  if (new Set(names.map(({ nameType }) => nameType)).size !== names.length)
    throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
      detail: inWords && 'server_name has two names of one type',
    })
  const host = names.find(({ nameType }) => nameType === 0)
  if (!host) return undefined
  const name = protocolName(host.name)
  if (name.includes('\0'))
    throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
      detail: inWords && 'server_name has a zero octet',
    })
  // RFC 6066 §3 forbids addresses; those who send them mean no name
  return isIpAddress(name) ? undefined : name.toLowerCase()
}

function readKeyExchange(extensions: readonly Extension[]): Pick<ClientHelloInfo, 'groups' | 'keyShares'> {
  const groups = readExtension(extensions, supportedGroups, 'clientHello')?.namedGroupList
  const keyShares = readExtension(extensions, keyShare, 'clientHello')?.clientShares
  // RFC 9846 §9.2: never one without the other
  if ((groups === undefined) !== (keyShares === undefined))
    throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, {
      detail:
        inWords &&
        `ClientHello has ${groups ? 'supported_groups without key_share' : 'key_share without supported_groups'}`,
    })
  if (!groups || !keyShares) return { groups: [], keyShares: [] }
  const listed = new Set(groups)
  const seen = new Set<number>()
  for (const { group } of keyShares) {
    // RFC 9846 §4.3.8: one share for a group, and only for groups listed
    if (seen.has(group) || !listed.has(group))
      throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
        detail:
          inWords &&
          `key_share for ${codeText.namedGroup(group)} ${seen.has(group) ? 'twice' : 'without it in supported_groups'}`,
      })
    seen.add(group)
  }
  return { groups, keyShares }
}

function readCompression(extensions: readonly Extension[]): readonly number[] | undefined {
  const algorithms = readExtension(extensions, compressCertificate, 'clientHello')?.algorithms
  checkCompressionOffer(algorithms)
  return algorithms
}

function readRecordSizeLimit(extensions: readonly Extension[]): number | undefined {
  const limit = readExtension(extensions, recordSizeLimit, 'clientHello')?.recordSizeLimit
  // RFC 8449 §4
  if (limit !== undefined && limit < 64)
    throw new TlsError(faults.ERR_TLS_BAD_RECORD_SIZE_LIMIT, {
      detail: inWords && `record_size_limit ${limit}, at least 64`,
    })
  return limit === undefined ? undefined : Math.min(limit, 16_385)
}

function isGreaseName(name: string): boolean {
  return name.length === 2 && isGrease((name.charCodeAt(0) << 8) | name.charCodeAt(1))
}
