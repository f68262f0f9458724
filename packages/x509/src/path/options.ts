/** What a chain is judged by. */
import type { CryptoProvider } from '@mortise/crypto'
import { inWords } from '@mortise/wire'
import { KeyPurpose } from '../extensions/extendedKeyUsage.ts'
import type { Certificate } from '../certificate.ts'
import type { KeyUsage } from '../extensions/keyUsage.ts'
import type { NameOptions } from '../names/serverName.ts'
import { defaultSignaturePolicy, type SignaturePolicy } from '../signaturePolicy.ts'
import { X509Error } from '../X509Error.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { PathCheck } from './pathCheck.ts'
import type { PolicyOptions } from './policies.ts'
import type { Profile, Role } from './profile.ts'
import type { TrustAnchorInput } from './trustAnchor.ts'

/** What the peer is: what its certificate must be good for. */
export type Purpose = 'server' | 'client'

/** Whom to trust, and how strictly. */
export interface ChainOptions {
  readonly anchors: readonly TrustAnchorInput[]
  /**
   * `web` (default) also enforces the rules that the Baseline Requirements and RFC 5280 have for issuers; `private`
   * does without them and takes what path validation needs. Neither leaves out a check that keeps somebody out.
   */
  readonly profile?: Profile
  readonly limits?: Partial<Limits>
  readonly signatures?: Partial<SignaturePolicy>
  readonly names?: NameOptions
  /** What the end entity's key must be allowed for. Default: `digitalSignature`, which TLS 1.3 needs; `any` to not check. */
  readonly keyUsage?: KeyUsage | 'any'
  /** Certificate policies (RFC 5280 §6.1.1 (c), (e), (f), (g)). Default: whatever authorities on the path require. */
  readonly policies?: PolicyOptions
  /** Further checks of a valid path: revocation, transparency, your own. */
  readonly checks?: readonly PathCheck[]
}

/** A chain, and what it must be good for. */
export interface VerifyChainOptions extends ChainOptions {
  /** DER certificates, end entity first; the others in any order, superfluous ones included. */
  readonly chain: readonly Uint8Array[]
  readonly time: Date
  readonly purpose: Purpose
  /**
   * DNS name or IP address that the end entity must have. Needed for purpose `server`, unless
   * `unsafeIgnoreName` says otherwise.
   */
  readonly name: string | undefined
  readonly unsafeIgnoreName?: boolean
  readonly provider: CryptoProvider
  /** OCSP response in DER that came with the chain; used by the check `stapledOcsp`. */
  readonly ocspResponse?: Uint8Array | undefined
  /** SignedCertificateTimestampList that came with the chain; used by the check `certificateTransparency`. */
  readonly scts?: Uint8Array | undefined
}

/** `checkWebProfile`, passed along so that it is only in bundles of who asks for the profile `web`. */
export type WebRules = (certificate: Certificate, role: Role) => void

/** Options as the checks see them. */
export interface Rules {
  /** The rules of profile `web`; `undefined` in profile `private`. Throws a Refusal. */
  readonly web: WebRules | undefined
  readonly limits: Limits
  readonly signatures: SignaturePolicy
  readonly keyUsage: KeyUsage | undefined
  readonly policies: PolicyOptions
  /** Object identifier of the purpose. */
  readonly purpose: string
  /** Milliseconds since 1970. */
  readonly time: number
}

const chainOptionNames: ReadonlySet<string> = /* @__PURE__ */ new Set<keyof ChainOptions>([
  'anchors',
  'profile',
  'limits',
  'signatures',
  'names',
  'keyUsage',
  'policies',
  'checks',
])

type Kind = 'boolean' | 'function' | 'count' | 'strings'

/** What an option's own options are: a misspelt name or an `undefined` must not take a check away. */
const nested: Readonly<
  Record<'limits' | 'signatures' | 'names' | 'policies', Readonly<Record<string, Kind>>>
> = {
  limits: kindsOf<Limits>({
    maxCertificates: 'count',
    maxCertificateSize: 'count',
    maxChainSize: 'count',
    maxDepth: 'count',
    maxSignatureChecks: 'count',
    maxCandidates: 'count',
    maxNameConstraintChecks: 'count',
    maxPolicySteps: 'count',
  }),
  signatures: kindsOf<SignaturePolicy>({ minRsaBits: 'count', maxRsaBits: 'count', hashes: 'strings' }),
  names: kindsOf<NameOptions>({ isPublicSuffix: 'function', underscores: 'boolean' }),
  policies: kindsOf<PolicyOptions>({
    acceptable: 'strings',
    requireExplicit: 'boolean',
    inhibitMapping: 'boolean',
    inhibitAny: 'boolean',
  }),
}

function kindsOf<T>(kinds: Readonly<Record<keyof T, Kind>>): Readonly<Record<string, Kind>> {
  return kinds
}

const isOfKind: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  boolean: (value) => typeof value === 'boolean',
  function: (value) => typeof value === 'function',
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
}

/** @throws X509Error `ERR_X509_OPTIONS` */
export function checkOptions(options: ChainOptions, further: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !chainOptionNames.has(name) && !further.includes(name))
  if (unknown !== undefined) throw new X509Error('ERR_X509_OPTIONS', inWords && `unknown option "${unknown}"`)
  const { profile = 'web' } = options
  if (profile !== 'web' && profile !== 'private')
    throw new X509Error('ERR_X509_OPTIONS', inWords && 'profile is "web" or "private"')
  for (const option of ['limits', 'signatures', 'names', 'policies'] as const)
    for (const [name, value] of Object.entries(options[option] ?? {})) {
      const kind = Object.hasOwn(nested[option], name) ? nested[option][name] : undefined
      if (kind === undefined)
        throw new X509Error('ERR_X509_OPTIONS', inWords && `unknown option "${option}.${name}"`)
      if (!isOfKind[kind](value))
        throw new X509Error('ERR_X509_OPTIONS', inWords && `${option}.${name}: not a ${kind}`)
    }
}

const purposes: Readonly<Record<Purpose, string>> = {
  server: KeyPurpose.serverAuth,
  client: KeyPurpose.clientAuth,
}

/**
 * @param web what profile `web` enforces; `undefined` only with the profile `private`
 * @throws X509Error `ERR_X509_OPTIONS`
 */
export function rulesOf(
  options: ChainOptions,
  purpose: Purpose,
  time: Date,
  web: WebRules | undefined,
): Rules {
  const { keyUsage = 'digitalSignature' } = options
  // Without this check, whoever is no server would need no name
  if (purpose !== 'server' && purpose !== 'client')
    throw new X509Error('ERR_X509_OPTIONS', inWords && 'purpose is "server" or "client"')
  if (Number.isNaN(time.getTime())) throw new X509Error('ERR_X509_OPTIONS', inWords && 'time is no date')
  return {
    web: options.profile === 'private' ? undefined : web,
    limits: { ...defaultLimits, ...options.limits },
    signatures: { ...defaultSignaturePolicy, ...options.signatures },
    keyUsage: keyUsage === 'any' ? undefined : keyUsage,
    policies: options.policies ?? {},
    purpose: purposes[purpose],
    time: time.getTime(),
  }
}
