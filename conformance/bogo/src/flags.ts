/** The runner's flags: which there are, what values they take, and for which of a test's connections they hold. */

type Kind = 'flag' | 'text' | 'number' | 'base64' | 'numbers' | 'texts'

/** Flags that this shim understands. Any other ends it with the exit code for "unimplemented". */
const kinds = {
  // Start and roles
  port: 'number',
  'shim-id': 'text',
  ipv6: 'flag',
  server: 'flag',
  'resume-count': 'number',
  async: 'flag',
  'implicit-handshake': 'flag',
  'min-version': 'number',
  'max-version': 'number',
  'no-tls12': 'flag',
  'no-tls11': 'flag',
  'no-tls1': 'flag',
  'expect-version': 'number',
  // Credentials
  'cert-file': 'text',
  'key-file': 'text',
  'trust-cert': 'text',
  'signing-prefs': 'numbers',
  'ocsp-response': 'base64',
  'signed-cert-timestamps': 'base64',
  'use-client-ca-list': 'text',
  'expect-client-ca-list': 'text',
  'expect-peer-cert-file': 'text',
  'expect-no-peer-cert': 'flag',
  'max-cert-list': 'number',
  'must-match-issuer': 'flag',
  'delegated-credential': 'base64',
  'accepted-peer-cert-types': 'numbers',
  'available-client-cert-types': 'numbers',
  'expect-peer-certificate-type': 'number',
  'expect-peer-rpk-sha256': 'base64',
  'expect-selected-credential': 'number',
  'psk-importer-key': 'base64',
  'psk-importer-identity': 'base64',
  'psk-importer-context': 'base64',
  'psk-importer-sha256': 'flag',
  'psk-importer-sha384': 'flag',
  // Policies
  'fips-202205': 'flag',
  'wpa-202304': 'flag',
  'cnsa-202407': 'flag',
  'cnsa1-202603': 'flag',
  'cnsa2-202603': 'flag',
  // Verification
  'retain-only-sha256-client-cert': 'flag',
  'expect-sha256-client-cert': 'flag',
  'verify-peer': 'flag',
  'require-any-client-certificate': 'flag',
  'verify-fail': 'flag',
  'reverify-on-resume': 'flag',
  'use-custom-verify-callback': 'flag',
  'use-old-client-cert-callback': 'flag',
  'expect-verify-result': 'flag',
  'verify-prefs': 'numbers',
  'expect-peer-signature-algorithm': 'number',
  'expect-peer-verify-pref': 'numbers',
  'use-early-callback': 'flag',
  'fail-early-callback': 'flag',
  'fail-cert-callback': 'flag',
  'install-ddos-callback': 'flag',
  'fail-ddos-callback': 'flag',
  // Groups, shares, suites
  curves: 'numbers',
  'curves-flags': 'numbers',
  'server-supported-groups-hint': 'numbers',
  'key-shares': 'numbers',
  'no-key-shares': 'flag',
  'expect-curve-id': 'number',
  'expect-hrr': 'flag',
  'expect-no-hrr': 'flag',
  'server-preference': 'flag',
  cipher: 'text', // of TLS 1.2, but for the order of preference, which is the server's anyway
  'expect-cipher-aes': 'number',
  'expect-cipher-no-aes': 'number',
  // Names and protocols
  'host-name': 'text',
  'expect-server-name': 'text',
  'expect-no-server-name': 'flag',
  'advertise-alpn': 'text',
  'select-alpn': 'text',
  'expect-alpn': 'text',
  'expect-advertised-alpn': 'text',
  'decline-alpn': 'flag',
  'reject-alpn': 'flag',
  // Sessions and early data
  'no-ticket': 'flag',
  'expect-session-miss': 'flag',
  'expect-no-session': 'flag',
  'expect-session-id': 'flag',
  'expect-no-session-id': 'flag',
  'resumption-delay': 'number',
  'enable-early-data': 'flag',
  'expect-ticket-supports-early-data': 'flag',
  'expect-accept-early-data': 'flag',
  'expect-reject-early-data': 'flag',
  'expect-no-offer-early-data': 'flag',
  'expect-early-data-reason': 'text',
  'expect-ticket-age-skew': 'number',
  'early-write-after-message': 'number',
  'use-ticket-callback': 'flag',
  'use-ticket-aead-callback': 'flag',
  'renew-ticket': 'flag',
  'skip-ticket': 'flag',
  // Traffic
  'shim-writes-first': 'flag',
  'shim-initial-write': 'text',
  'repeat-shim-initial-write': 'number',
  'read-with-unfinished-write': 'flag',
  'shim-shuts-down': 'flag',
  'check-close-notify': 'flag',
  'read-size': 'number',
  'max-send-fragment': 'number',
  'write-different-record-sizes': 'flag',
  'key-update': 'flag',
  'key-update-before-read': 'flag',
  'peek-then-read': 'flag',
  'handshake-twice': 'flag',
  'no-op-extra-handshake': 'flag',
  'export-keying-material': 'number',
  'export-label': 'text',
  'export-context': 'text',
  'use-export-context': 'flag',
  'use-exporter-between-reads': 'flag',
  'export-traffic-secrets': 'flag',
  // Certificate compression
  'install-cert-compression-algs': 'flag',
  'install-one-cert-compression-alg': 'number',
  // Stapling
  'enable-ocsp-stapling': 'flag',
  'expect-ocsp-response': 'base64',
  'use-ocsp-callback': 'flag',
  'set-ocsp-in-callback': 'flag',
  'decline-ocsp-callback': 'flag',
  'fail-ocsp-callback': 'flag',
  'enable-signed-cert-timestamps': 'flag',
  'expect-signed-cert-timestamps': 'base64',
  // Other
  'enable-grease': 'flag',
  'permute-extensions': 'flag',
  // What TLS 1.3 always is
  'expect-extended-master-secret': 'flag',
  'expect-secure-renegotiation': 'flag',
  'no-legacy-server-connect': 'flag',
  'send-alert': 'flag',
  'select-empty-alpn': 'flag',
  'expect-cipher': 'number',
} as const satisfies Record<string, Kind>

type FlagName = keyof typeof kinds

interface Values {
  readonly flag: boolean
  readonly text: string | undefined
  readonly number: number | undefined
  readonly base64: Uint8Array | undefined
  readonly numbers: readonly number[] | undefined
  readonly texts: readonly string[] | undefined
}

/** Kinds of credentials that tests configure one after the other; the flags behind are theirs. */
const credentialTypes: Readonly<Record<string, CredentialFlags['type']>> = {
  'new-x509-credential': 'x509',
  'new-psk-credential': 'psk',
  'new-rpk-credential': 'rpk',
  'new-delegated-credential': 'delegated',
}

const credentialFlags: ReadonlySet<string> = new Set([
  'cert-file',
  'key-file',
  'signing-prefs',
  'ocsp-response',
  'signed-cert-timestamps',
  'must-match-issuer',
  'delegated-credential',
  'psk-importer-key',
  'psk-importer-identity',
  'psk-importer-context',
  'psk-importer-sha256',
  'psk-importer-sha384',
])

type FlagValues = { readonly [Name in FlagName]: Values[(typeof kinds)[Name]] }

/** One credential, and the flags that describe it. */
export interface CredentialFlags {
  readonly type: 'x509' | 'psk' | 'rpk' | 'delegated'
  readonly flags: FlagValues
}

export type Flags = FlagValues & { readonly credentials: readonly CredentialFlags[] }

/** Which connection of a test: the first, a later one, or the rest of one whose early data was rejected. */
export type Phase = 'initial' | 'resume' | 'retry'

export class UnknownFlag extends Error {}

/** @throws UnknownFlag */
export function parseFlags(args: readonly string[]): Readonly<Record<Phase, Flags>> {
  const credentials: { readonly type: CredentialFlags['type']; readonly flags: Record<string, unknown> }[] =
    []
  const flags: Record<Phase, Record<string, unknown>> = {
    initial: { credentials },
    resume: { credentials },
    retry: { credentials },
  }
  for (let i = 0; i < args.length; i++) {
    const [, prefix, name = ''] = /^-(?:on-(initial|resume|retry)-)?(.+)$/.exec(args[i] ?? '') ?? []
    const type = credentialTypes[name]
    if (type) {
      credentials.push({ type, flags: {} })
      continue
    }
    const kind = (kinds as Readonly<Record<string, Kind>>)[name]
    if (!kind) throw new UnknownFlag(args[i])
    const text = kind === 'flag' ? '' : (args[++i] ?? '')
    const own = credentialFlags.has(name) ? credentials.at(-1)?.flags : undefined
    const phases = prefix ? [prefix as Phase] : (['initial', 'resume', 'retry'] as const)
    for (const values of own ? [own] : phases.map((phase) => flags[phase]))
      values[name] = read(kind, text, values[name])
  }
  return flags as unknown as Readonly<Record<Phase, Flags>>
}

function read(kind: Kind, text: string, before: unknown): unknown {
  switch (kind) {
    case 'flag':
      return true
    case 'text':
      return text
    case 'number':
      return Number(text)
    case 'base64':
      return Uint8Array.from(Buffer.from(text, 'base64'))
    case 'numbers':
      return [...((before as number[] | undefined) ?? []), Number(text)]
    case 'texts':
      return [...((before as string[] | undefined) ?? []), text]
  }
}
