/** The server's choices (RFC 9846 §4.2.1): cipher suite, group, credential, ALPN protocol. Pure functions of offer and config. */
import type { CipherSuite, KeyExchangeGroup } from '@mortise/crypto'
import { codeText, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { protocolsText } from '../alpn.ts'
import { defaultCertificateTypes } from '../authentication/certificateType.ts'
import { typeOf } from '../authentication/credential.ts'
import { chooseCredential, type ChosenCredential } from '../authentication/credentials.ts'
import { isHybrid, type ServerConfig } from '../config.ts'
import type { ClientHelloInfo } from './clientHelloInfo.ts'

/** Best first. */
export function commonCipherSuites(
  { cipherSuites }: ClientHelloInfo,
  config: ServerConfig,
): readonly CipherSuite[] {
  return inOrder(config.cipherSuites, ({ suite }) => suite, cipherSuites, config.preference)
}

export function chooseCipherSuite(hello: ClientHelloInfo, config: ServerConfig): CipherSuite {
  const [suite] = commonCipherSuites(hello, config)
  if (!suite) throw new TlsError(faults.ERR_TLS_NO_COMMON_CIPHER_SUITE)
  return suite
}

/**
 * The first common group that has a share; yet a hybrid that both prefer is worth the round trip of a
 * HelloRetryRequest, any other group is not, unless the config says so.
 */
export function chooseGroup({ groups, keyShares }: ClientHelloInfo, config: ServerConfig): KeyExchangeGroup {
  const common = inOrder(config.groups, ({ group }) => group, groups, config.preference)
  const [first] = common
  if (!first) throw new TlsError(faults.ERR_TLS_NO_COMMON_GROUP)
  const shared = common.find(({ group }) => keyShares.some((share) => share.group === group))
  if (config.retryFor === 'preferred') return first
  return shared && !(isHybrid(first) && !isHybrid(shared)) ? shared : first
}

/** `undefined` if none fits. */
export function findServerCredential(
  hello: ClientHelloInfo,
  { credentials, now }: ServerConfig,
): ChosenCredential | undefined {
  const certificateTypes = hello.serverCertificateTypes ?? defaultCertificateTypes
  return chooseCredential(credentials, {
    serverName: hello.serverName,
    schemes: hello.signatureSchemes,
    certificateTypes,
    certificateAuthorities: hello.certificateAuthorities,
    oidFilters: [],
    delegatedCredentialSchemes: hello.delegatedCredentialSchemes,
    now: now?.(),
  })
}

export function chooseServerCredential(hello: ClientHelloInfo, config: ServerConfig): ChosenCredential {
  const chosen = findServerCredential(hello, config)
  if (chosen) return chosen
  const { credentials } = config
  const certificateTypes = hello.serverCertificateTypes ?? defaultCertificateTypes
  // RFC 9846 §6.2: without credentials we take pre-shared keys and nothing else
  if (credentials.length === 0 && hello.preSharedKeys) throw new TlsError(faults.ERR_TLS_UNKNOWN_PSK_IDENTITY)
  // RFC 7250 §4.2: no type in common
  if (credentials.length > 0 && !credentials.some((item) => certificateTypes.includes(typeOf(item))))
    throw new TlsError(faults.ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE, {
      detail: inWords && `the client takes ${certificateTypes.map(codeText.certificateType).join(', ')}`,
    })
  throw new TlsError(faults.ERR_TLS_NO_USABLE_CREDENTIAL)
}

/**
 * The kind of certificate to ask a client for: the first of its own that our verifier takes. Where there is none, a client
 * that has said so, or that has to show one, is refused (RFC 7250 §4.2); others are not asked.
 * @param inHandshake it is to be asked now, not later
 */
export function chooseClientCertificateType(
  { clientCertificateTypes }: ClientHelloInfo,
  { clientCertificateTypes: taken, clientAuthentication }: ServerConfig,
  inHandshake: boolean,
): number | undefined {
  const shown = clientCertificateTypes ?? defaultCertificateTypes
  const type = shown.find((item) => taken.includes(item))
  if (type === undefined && inHandshake && (clientCertificateTypes || clientAuthentication?.required))
    throw new TlsError(faults.ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE, {
      detail: inWords && `the client has ${shown.map(codeText.certificateType).join(', ')}`,
    })
  return type
}

/** RFC 7301 §3.2: our first that the client has too; none of ours is a failure, no list on either side is not. */
export function chooseAlpn({ alpn }: ClientHelloInfo, config: ServerConfig): string | undefined {
  if (!alpn || config.alpn.length === 0) return undefined
  const protocol = config.alpn.find((name) => alpn.includes(name))
  if (protocol === undefined)
    throw new TlsError(faults.ERR_TLS_NO_APPLICATION_PROTOCOL, { detail: inWords && protocolsText(alpn) })
  return protocol
}

function inOrder<T>(
  own: readonly T[],
  codePoint: (item: T) => number,
  offered: readonly number[],
  preference: 'server' | 'client',
): readonly T[] {
  const common = own.filter((item) => offered.includes(codePoint(item)))
  return preference === 'server'
    ? common
    : common.toSorted((a, b) => offered.indexOf(codePoint(a)) - offered.indexOf(codePoint(b)))
}
