/** Flags as options of our handshakes. */
import type { CryptoProvider } from '@mortise/crypto'
import type {
  ClientHelloInfo,
  ClientOptions,
  ClientSession,
  Credential,
  CredentialSource,
  ServerOptions,
} from '@mortise/handshake'
import { equalBytes, TlsError } from '@mortise/wire'
import { hasIssuer, unsafeShimVerifier, type Credentials } from './credentials.ts'
import { checkClientHello } from './expectations.ts'
import type { Flags } from './flags.ts'
import type { Memory } from './memory.ts'
import { policyOf } from './policies.ts'

/** BoringSSL's defaults, which many tests rely on: hybrid, x25519, P-256, P-384. */
const defaultGroups = [0x11ec, 0x001d, 0x0017, 0x0018]

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
    (flags['verify-prefs'] ?? []).some((scheme) => !schemes.has(scheme)) ||
    (flags['signing-prefs'] ?? []).some((scheme) => draftSchemes.has(scheme))
  )
}

/** rsa_pkcs1_sha256_legacy, and ML-DSA. */
const draftSchemes: ReadonlySet<number> = new Set([0x0420, 0x0904, 0x0905, 0x0906])

export interface Setting {
  readonly flags: Flags
  readonly provider: CryptoProvider
  readonly memory: Memory
  readonly credentials: Credentials
}

function common({
  flags,
  provider,
  memory,
}: Setting): Pick<ClientOptions, 'provider' | 'now' | 'groups' | 'signatureSchemes' | 'cipherSuites'> {
  const supported = new Set(provider.groups.map(({ group }) => group))
  const schemes = new Set(provider.signatures.map(({ scheme }) => scheme))
  const policy = policyOf(flags)
  const groups = (flags.curves ?? policy?.groups ?? defaultGroups).filter((group) => supported.has(group))
  const verify = (flags['verify-prefs'] ?? policy?.signatureSchemes)?.filter((scheme) => schemes.has(scheme))
  return {
    provider,
    now: memory.now,
    groups,
    ...(policy ? { cipherSuites: policy.cipherSuites } : {}),
    signatureSchemes: verify ?? defaultSchemes.filter((scheme) => schemes.has(scheme)),
  }
}

/** What BoringSSL accepts by default: no P-521, no EdDSA. */
const defaultSchemes = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601]

export function clientOptions(setting: Setting, sessions: readonly ClientSession[]): ClientOptions {
  const { flags, credentials } = setting
  const shared = common(setting)
  const keyShares = flags['no-key-shares'] ? [] : flags['key-shares']
  const serverName = flags['host-name']
  return {
    ...shared,
    verifier: unsafeShimVerifier(flags, 'client'),
    ...(serverName === undefined ? {} : { serverName }),
    ...(keyShares ? { keyShares } : {}),
    ...(flags['advertise-alpn'] === undefined ? {} : { alpn: splitProtocols(flags['advertise-alpn']) }),
    grease: flags['enable-grease'] ?? false,
    permuteExtensions: flags['permute-extensions'] ?? false,
    credentials: clientCredentials(flags, credentials),
    preSharedKeys: credentials.preSharedKeys,
    sessions,
    acceptTickets: true,
    earlyData: flags['enable-early-data'] ?? false,
  }
}

/** As BoringSSL's client, which fails rather than send an empty Certificate when it has one that doesn't fit. */
function clientCredentials(flags: Flags, { identities }: Credentials): CredentialSource {
  return ({ signatureSchemes, certificateAuthorities }) => {
    if (flags['fail-cert-callback'])
      throw new TlsError('ERR_TLS_INTERNAL', { detail: 'refused as the test demands' })
    if (identities.length === 0) return []
    const fitting = fittingCredentials(identities, certificateAuthorities).filter(({ key }) =>
      key.schemes.some((scheme) => signatureSchemes.includes(scheme)),
    )
    if (fitting.length === 0) throw new TlsError('ERR_TLS_NO_USABLE_CREDENTIAL')
    return fitting
  }
}

function fittingCredentials(
  identities: Credentials['identities'],
  authorities: readonly Uint8Array[],
): readonly Credential[] {
  return identities.flatMap(({ credential, mustMatchIssuer }) =>
    !mustMatchIssuer || hasIssuer(credential, authorities) ? [credential] : [],
  )
}

export function serverOptions(setting: Setting): (hello: ClientHelloInfo) => ServerOptions {
  const { flags, memory, provider, credentials } = setting
  return (hello) => {
    checkClientHello(flags, hello)
    if (flags['fail-ddos-callback'])
      throw new TlsError('ERR_TLS_INTERNAL', { detail: 'refused as the test demands' })
    if (flags['fail-early-callback'])
      throw new TlsError('ERR_TLS_NO_USABLE_CREDENTIAL', { detail: 'refused as the test demands' })
    if (flags['fail-cert-callback'] || (flags['use-ocsp-callback'] && flags['fail-ocsp-callback']))
      throw new TlsError('ERR_TLS_INTERNAL', { detail: 'refused as the test demands' })
    const asksForCertificate = flags['verify-peer'] || flags['require-any-client-certificate']
    const authorities = flags['use-client-ca-list']
    return {
      ...common(setting),
      credentials: fittingCredentials(credentials.identities, hello.certificateAuthorities),
      findPreSharedKey: (identity) =>
        credentials.preSharedKeys.find((key) => equalBytes(key.identity, identity)),
      ...alpn(flags, hello),
      retryFor: 'preferred',
      // GREASE in tickets is not up to a flag in BoringSSL
      ...(flags['retain-only-sha256-client-cert'] ? { sessionContext: 'only a hash is kept' } : {}),
      ...(asksForCertificate && {
        clientAuthentication: {
          required: flags['require-any-client-certificate'] ?? false,
          verifier: unsafeShimVerifier(flags, 'server'),
          ...(authorities !== undefined && !authorities.startsWith('<')
            ? { certificateAuthorities: authorities.split(',').map((name) => Buffer.from(name, 'hex')) }
            : {}),
        },
      }),
      ...(flags['no-ticket'] ? {} : { tickets: tickets(flags, memory, provider) }),
    }
  }
}

function alpn(flags: Flags, { alpn: offered }: ClientHelloInfo): Pick<ServerOptions, 'alpn'> {
  if (!offered || flags['decline-alpn']) return {}
  if (flags['select-empty-alpn']) return { alpn: [''] }
  if (flags['reject-alpn']) return { alpn: ['none of them'] }
  return flags['select-alpn'] === undefined ? {} : { alpn: [flags['select-alpn']] }
}

function tickets(
  flags: Flags,
  { store, isFirstUse }: Memory,
  { random }: CryptoProvider,
): NonNullable<ServerOptions['tickets']> {
  return {
    issue: (session) => {
      const ticket = random(32)
      store.set(Buffer.from(ticket).toString('hex'), session)
      return ticket
    },
    ...(flags['skip-ticket'] ? { count: 0 } : {}),
    redeem: (ticket) => (flags['skip-ticket'] ? undefined : store.get(Buffer.from(ticket).toString('hex'))),
    ...(flags['enable-early-data'] && {
      earlyData: { maxSize: maxEarlyDataSize, isFirstUse, window: ticketAgeWindow },
    }),
  }
}

/** ALPN lists come as on the wire: each name behind its length. */
function splitProtocols(list: string): readonly string[] {
  const names: string[] = []
  for (let at = 0; at < list.length; at += 1 + list.charCodeAt(at))
    names.push(list.slice(at + 1, at + 1 + list.charCodeAt(at)))
  return names
}
