/** What a verification answers with: the validated path, or a reason that names the certificate at fault. */
import { sentenceOf } from '#texts'
import { inWords } from '@mortise/wire'
import type { Certificate } from './certificate.ts'
import type { TrustAnchor } from './path/trustAnchor.ts'
import type { X509Reason } from './reasons.ts'
import { isX509Error } from './X509Error.ts'

export type Verdict = Accepted | Rejected

/** The peer is whom it claims to be. */
export interface Accepted {
  readonly ok: true
  /**
   * The validated path, end entity first. The trust anchor stands last if it was given as a certificate. Verifiers that
   * build no path answer with the end entity's certificate alone; of a raw public key there is nothing.
   */
  readonly path: readonly Certificate[]
  /** `undefined` from verifiers that need none. */
  readonly anchor: TrustAnchor | undefined
  /** DER of the end entity's SubjectPublicKeyInfo, or the raw public key. */
  readonly publicKey: Uint8Array
}

/** Why not, and which certificate is at fault. */
export interface Rejected {
  readonly ok: false
  /** What was checked is `checkOf(reason)`. */
  readonly reason: X509Reason
  /** Which certificate: its index among those presented, or `anchor`. `undefined`: none in particular. */
  readonly position: number | 'anchor' | undefined
  /** Its subject, for people. */
  readonly subject: string | undefined
  /** As `found`, for people; with the condition `production`, where it is a value (a name, a date) and no words. */
  readonly expected: string | undefined
  readonly found: string | undefined
  /** All of it in a sentence; with the condition `production` the reason alone. */
  readonly message: string
  /** What the provider or an application's callback threw. */
  readonly cause?: unknown
}

export interface RefusalDetails {
  readonly certificate?: Certificate | undefined
  /** `false` is as good as nothing. */
  readonly expected?: string | false | undefined
  readonly found?: string | false | undefined
  readonly cause?: unknown
  /** A limit is used up: the search for a path ends here, whatever else it might have found. */
  readonly final?: boolean
}

/** How a check fails inside this package. Becomes a `Rejected` before anybody outside sees it. */
export class Refusal extends Error {
  readonly reason: X509Reason
  readonly details: RefusalDetails
  constructor(reason: X509Reason, details: RefusalDetails = {}) {
    super(reason)
    this.reason = reason
    this.details = details
  }
}

/** What a check threw, with the certificate it was about. Rethrows what is no failed check. */
export function asRefusal(error: unknown, certificate?: Certificate): Refusal {
  if (isX509Error(error))
    return new Refusal(error.code, {
      certificate,
      ...(error.detail === undefined ? {} : { found: error.detail }),
    })
  if (!(error instanceof Refusal)) throw error
  return error.details.certificate || !certificate
    ? error
    : new Refusal(error.reason, { ...error.details, certificate })
}

export function rejected(
  { reason, details: { certificate, expected, found, cause } }: Refusal,
  positionOf: (certificate: Certificate) => number | 'anchor' = () => 0,
): Rejected {
  const position = certificate && positionOf(certificate)
  const subject = certificate?.subject.text
  const rejection = {
    reason,
    position,
    subject,
    expected: expected || undefined,
    found: found || undefined,
  }
  return {
    ok: false,
    ...rejection,
    message: inWords ? messageOf(rejection) : reason,
    ...(cause === undefined ? {} : { cause }),
  }
}

function messageOf({
  reason,
  position,
  subject,
  expected,
  found,
}: Pick<Rejected, 'reason' | 'position' | 'subject' | 'expected' | 'found'>): string {
  const certificate = position === 'anchor' ? 'trust anchor' : `certificate ${position}`
  const who = position === undefined ? '' : `${certificate} (${subject}) `
  const details = [expected && `expected ${expected}`, found && `found ${found}`].filter(Boolean).join(', ')
  return `${who}${sentenceOf(reason)}${details && `: ${details}`}`
}
