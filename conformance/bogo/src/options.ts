/** Flags as options of our handshakes. */
import type { SigningProvider } from '@mortise/crypto'
import {
  clientCredentials,
  clientPreSharedKeys,
  type ClientHelloInfo,
  type ClientOptions,
  type ClientSession,
  type Credential,
  type CredentialRequest,
  type ServerOptions,
  type ServerSession,
} from '@mortise/handshake'
import { CertificateType, equalBytes, faults, TlsError } from '@mortise/wire'
import { certificateCompression } from './certificateCompression.ts'
import type { Credentials } from './credentials.ts'
import { checkCertificateRequest, checkClientHello } from './expectations.ts'
import type { Flags } from './flags.ts'
import { groupsFor, predictedShares, supportedGroups } from './groups.ts'
import type { Memory } from './memory.ts'
import { policyOf } from './policies.ts'
import { credentialsFor, serverCredentials, typesOf } from './selection.ts'
import { cipherSuitesFor } from './suites.ts'
import { unsafeShimVerifier } from './verifier.ts'

/** Bytes of early data that BoringSSL takes (the runner's `maxEarlyDataSize`). */
const maxEarlyDataSize = 14_336

/** Tolerance for a ticket's age, in milliseconds. */
const ticketAgeWindow = 60_999

/** Whether a test needs an algorithm that the provider doesn't have: such tests are counted apart. */
export function lacksAlgorithm({ flags, provider }: Setting): boolean {
  const groups = new Set(provider.groups.map(({ group }) => group))
  const wanted = [...(flags.curves ?? []), ...(flags['key-shares'] ?? []), ...(policyOf(flags)?.groups ?? [])]
  const schemes = new Set(provider.signatures.map(({ scheme }) => scheme))
  return (
    wanted.some((group) => !groups.has(group)) ||
    (flags['verify-prefs'] ?? []).some((scheme) => !schemes.has(scheme) && !neverTaken.has(scheme))
  )
}

/** What TLS 1.3 has no use for: with SHA-1 or MD5, or rsa_pkcs1_sha256_legacy. Tests want to see it refused. */
const neverTaken: ReadonlySet<number> = new Set([0x0201, 0x0203, 0x0420, 0xff01])

export interface Setting {
  readonly flags: Flags
  readonly provider: SigningProvider
  readonly memory: Memory
  readonly credentials: Credentials
}

function common({
  flags,
  provider,
  memory,
}: Setting): Pick<ClientOptions, 'provider' | 'now' | 'signatureSchemes' | 'cipherSuites'> {
  const schemes = new Set(provider.signatures.map(({ scheme }) => scheme))
  const policy = policyOf(flags)
  const verify = (flags['verify-prefs'] ?? policy?.signatureSchemes)?.filter((scheme) => schemes.has(scheme))
  return {
    provider,
    now: memory.now,
    ...(policy ? { cipherSuites: policy.cipherSuites } : {}),
    signatureSchemes: verify?.length ? verify : defaultSchemes.filter((scheme) => schemes.has(scheme)),
  }
}

/** What BoringSSL accepts by default: no P-521, no EdDSA. */
const defaultSchemes = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601]

/** @param held the flags that hold when a certificate comes */
export function clientOptions(
  setting: Setting,
  sessions: readonly ClientSession[],
  held: () => Flags,
): ClientOptions {
  const { flags, credentials, provider } = setting
  const groups = supportedGroups(flags, provider)
  const keyShares = predictedShares(flags, groups)
  const serverName = flags['host-name']
  const certificateTypes = flags['available-client-cert-types'] ?? typesOf(credentials)
  const choose = (request: CredentialRequest): readonly Credential[] => {
    checkCertificateRequest(flags, request)
    if (flags['fail-cert-callback']) throw refusal('ERR_TLS_INTERNAL')
    return credentialsFor(credentials, request)
  }
  return {
    ...common(setting),
    groups,
    verifier: unsafeShimVerifier(flags, 'client', held),
    ...(serverName === undefined ? {} : { serverName }),
    ...(keyShares ? { keyShares } : {}),
    ...(flags['advertise-alpn'] === undefined ? {} : { alpn: splitProtocols(flags['advertise-alpn']) }),
    certificateCompression: certificateCompression(flags),
    grease: flags['enable-grease'] ?? false,
    permuteExtensions: flags['permute-extensions'] ?? false,
    credentials: clientCredentials(choose, certificateTypes.length > 0 ? { certificateTypes } : {}),
    preSharedKeys: clientPreSharedKeys({
      external: credentials.preSharedKeys,
      sessions,
      acceptTickets: true,
      earlyData: flags['enable-early-data'] ?? false,
    }),
  }
}

export function serverOptions(setting: Setting): (hello: ClientHelloInfo) => ServerOptions {
  const { flags, provider, credentials } = setting
  return (hello) => {
    checkClientHello(flags, hello)
    if (flags['fail-ddos-callback']) throw refusal('ERR_TLS_INTERNAL')
    if (flags['fail-early-callback']) throw refusal('ERR_TLS_NO_USABLE_CREDENTIAL')
    if (flags['fail-cert-callback'] || (flags['use-ocsp-callback'] && flags['fail-ocsp-callback']))
      throw refusal('ERR_TLS_INTERNAL')
    const asksForCertificate = flags['verify-peer'] || flags['require-any-client-certificate']
    const authorities = flags['use-client-ca-list']
    const cipherSuites = cipherSuitesFor(flags, provider, hello.cipherSuites)
    return {
      ...common(setting),
      // None in common: all, for the handshake to say so
      ...(cipherSuites.length > 0 ? { cipherSuites } : {}),
      groups: groupsFor(flags, supportedGroups(flags, provider), hello.groups),
      ...serverCredentials(credentials, hello),
      ...alpn(flags, hello),
      certificateCompression: certificateCompression(flags),
      retryFor: 'preferred',
      // GREASE in tickets is not up to a flag in BoringSSL
      ...(flags['retain-only-sha256-client-cert'] ? { sessionContext: 'only a hash is kept' } : {}),
      ...(asksForCertificate && {
        clientAuthentication: {
          required: flags['require-any-client-certificate'] ?? false,
          verifier: {
            ...unsafeShimVerifier(flags, 'server', () => flags),
            certificateTypes: [clientCertificateType(flags, hello)],
          },
          ...(authorities !== undefined && !authorities.startsWith('<')
            ? { certificateAuthorities: authorities.split(',').map((name) => Buffer.from(name, 'hex')) }
            : {}),
        },
      }),
      ...(flags['no-ticket'] ? {} : { tickets: tickets(setting, hello, cipherSuites[0]) }),
    }
  }
}

/** BoringSSL's order decides, and a client with nothing of it is refused. */
function clientCertificateType(flags: Flags, { clientCertificateTypes }: ClientHelloInfo): number {
  const accepted = flags['accepted-peer-cert-types'] ?? [CertificateType.X509]
  const shown = clientCertificateTypes ?? [CertificateType.X509]
  const type = accepted.find((one) => shown.includes(one))
  if (type === undefined) throw new TlsError(faults.ERR_TLS_UNSUPPORTED_CERTIFICATE_TYPE)
  return type
}

function refusal(code: 'ERR_TLS_INTERNAL' | 'ERR_TLS_NO_USABLE_CREDENTIAL'): TlsError {
  return new TlsError(faults[code], { detail: 'refused as the test demands' })
}

function alpn(flags: Flags, { alpn: offered }: ClientHelloInfo): Pick<ServerOptions, 'alpn'> {
  if (!offered || flags['decline-alpn']) return {}
  if (flags['select-empty-alpn']) return { alpn: [''] }
  if (flags['reject-alpn']) return { alpn: ['none of them'] }
  return flags['select-alpn'] === undefined ? {} : { alpn: [flags['select-alpn']] }
}

function tickets(
  { flags, memory, provider: { random } }: Setting,
  { preSharedKeys }: ClientHelloInfo,
  suite: number | undefined,
): NonNullable<ServerOptions['tickets']> {
  const { store, isFirstUse } = memory
  return {
    issue: (session) => {
      const ticket = random(32)
      store.set(Buffer.from(ticket).toString('hex'), session)
      return ticket
    },
    ...(flags['skip-ticket'] ? { count: 0 } : {}),
    redeem: (ticket) => {
      const session = flags['skip-ticket'] ? undefined : store.get(Buffer.from(ticket).toString('hex'))
      const offer = preSharedKeys?.identities.find(({ identity }) => equalBytes(identity, ticket))
      if (session && offer) memory.ticketAgeSkew = ticketAgeSkew(session, offer.obfuscatedTicketAge, memory)
      // BoringSSL chooses the suite first, and resumes a session under its own suite alone
      return session?.cipherSuite === suite ? session : undefined
    },
    ...(flags['enable-early-data'] && {
      earlyData: { maxSize: maxEarlyDataSize, isFirstUse, window: ticketAgeWindow },
    }),
  }
}

function ticketAgeSkew({ ageAdd, createdAt }: ServerSession, obfuscatedAge: number, { now }: Memory): number {
  const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)
  return seconds((obfuscatedAge - ageAdd) >>> 0) - seconds(now() - createdAt)
}

/** ALPN lists come as on the wire: each name behind its length. */
function splitProtocols(list: string): readonly string[] {
  const names: string[] = []
  for (let at = 0; at < list.length; at += 1 + list.charCodeAt(at))
    names.push(list.slice(at + 1, at + 1 + list.charCodeAt(at)))
  return names
}
