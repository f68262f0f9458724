/** Flags as options of our handshakes. */
import type { CryptoProvider } from '@mortise/crypto'
import type {
  ClientHelloInfo,
  ClientOptions,
  ClientSession,
  Credential,
  ServerOptions,
} from '@mortise/handshake'
import { TlsError } from '@mortise/wire'
import { unsafeShimVerifier } from './credentials.ts'
import { checkClientHello } from './expectations.ts'
import type { Flags } from './flags.ts'
import type { Memory } from './memory.ts'

/** BoringSSL's defaults, which many tests rely on: hybrid, x25519, P-256, P-384. */
const defaultGroups = [0x11ec, 0x001d, 0x0017, 0x0018]

/** Bytes of early data that BoringSSL takes (the runner's `maxEarlyDataSize`). */
const maxEarlyDataSize = 14_336

/** Tolerance for a ticket's age, in milliseconds. */
const ticketAgeWindow = 60_999

/** Whether a test needs an algorithm that the provider doesn't have: such tests are counted apart. */
export function lacksAlgorithm({ flags, provider }: Setting): boolean {
  const groups = new Set(provider.groups.map(({ group }) => group))
  const schemes = new Set(provider.signatures.map(({ scheme }) => scheme))
  const wanted = [...(flags.curves ?? []), ...(flags['key-shares'] ?? [])]
  return (
    wanted.some((group) => !groups.has(group)) ||
    (flags['verify-prefs'] ?? []).some((scheme) => !schemes.has(scheme)) ||
    (flags['cert-file'] !== undefined &&
      flags['signing-prefs'] !== undefined &&
      credentialIsUnusable(flags, schemes))
  )
}

function credentialIsUnusable(flags: Flags, schemes: ReadonlySet<number | undefined>): boolean {
  return (flags['signing-prefs'] ?? []).every((scheme) => !schemes.has(scheme))
}

export interface Setting {
  readonly flags: Flags
  readonly provider: CryptoProvider
  readonly memory: Memory
  readonly credential: Credential | undefined
}

function common({
  flags,
  provider,
  memory,
}: Setting): Pick<ClientOptions, 'provider' | 'now' | 'groups' | 'signatureSchemes'> {
  const supported = new Set(provider.groups.map(({ group }) => group))
  const schemes = new Set(provider.signatures.map(({ scheme }) => scheme))
  const groups = (flags.curves ?? defaultGroups).filter((group) => supported.has(group))
  const verify = flags['verify-prefs']?.filter((scheme) => schemes.has(scheme))
  return {
    provider,
    now: memory.now,
    groups,
    signatureSchemes: verify ?? defaultSchemes.filter((scheme) => schemes.has(scheme)),
  }
}

/** What BoringSSL accepts by default: no P-521, no EdDSA. */
const defaultSchemes = [0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601]

export function clientOptions(setting: Setting, sessions: readonly ClientSession[]): ClientOptions {
  const { flags, credential } = setting
  const shared = common(setting)
  const keyShares = flags['no-key-shares'] ? [] : flags['key-shares']
  const serverName = flags['host-name']
  return {
    ...shared,
    verifier: unsafeShimVerifier(flags),
    ...(serverName === undefined ? {} : { serverName }),
    ...(keyShares ? { keyShares } : {}),
    ...(flags['advertise-alpn'] === undefined ? {} : { alpn: splitProtocols(flags['advertise-alpn']) }),
    grease: flags['enable-grease'] ?? false,
    permuteExtensions: flags['permute-extensions'] ?? false,
    credentials: clientCredentials(flags, credential),
    sessions,
    acceptTickets: true,
    earlyData: flags['enable-early-data'] ?? false,
  }
}

/** As BoringSSL's client, which fails rather than send an empty Certificate when it has one that doesn't fit. */
function clientCredentials(flags: Flags, credential: Credential | undefined): ClientOptions['credentials'] {
  return ({ signatureSchemes }) => {
    if (flags['fail-cert-callback'])
      throw new TlsError('ERR_TLS_INTERNAL', { detail: 'refused as the test demands' })
    if (!credential) return []
    if (!credential.key.schemes.some((scheme) => signatureSchemes.includes(scheme)))
      throw new TlsError('ERR_TLS_NO_USABLE_CREDENTIAL')
    return [credential]
  }
}

export function serverOptions(setting: Setting): (hello: ClientHelloInfo) => ServerOptions {
  const { flags, memory, provider, credential } = setting
  return (hello) => {
    checkClientHello(flags, hello)
    if (flags['fail-ddos-callback'])
      throw new TlsError('ERR_TLS_INTERNAL', { detail: 'refused as the test demands' })
    if (flags['fail-early-callback'])
      throw new TlsError('ERR_TLS_NO_USABLE_CREDENTIAL', { detail: 'refused as the test demands' })
    if (flags['fail-cert-callback'])
      throw new TlsError('ERR_TLS_INTERNAL', { detail: 'refused as the test demands' })
    const asksForCertificate = flags['verify-peer'] || flags['require-any-client-certificate']
    const authorities = flags['use-client-ca-list']
    return {
      ...common(setting),
      credentials: credential ? [credential] : [],
      ...alpn(flags, hello),
      retryFor: 'preferred',
      grease: flags['enable-grease'] ?? false,
      ...(asksForCertificate && {
        clientAuthentication: {
          required: flags['require-any-client-certificate'] ?? false,
          verifier: unsafeShimVerifier(flags),
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
    redeem: (ticket) => store.get(Buffer.from(ticket).toString('hex')),
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
