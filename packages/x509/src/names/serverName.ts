/** Whether a certificate is for the server that was meant (RFC 9525): by its subjectAltName only, never by a common name. */
import type { Certificate } from '../certificate.ts'
import { readExtension } from '../extensions/definition.ts'
import { subjectAlternativeName } from '../extensions/subjectAlternativeName.ts'
import type { GeneralName } from '../generalName.ts'
import { equalBytes, inWords, listed } from '@mortise/wire'
import { asRefusal, Refusal, rejected, type Rejected } from '../verdict.ts'
import { parseDnsName, parsePresentedName } from './dnsName.ts'
import { formatIpAddress, parseIpAddress } from './ipAddress.ts'

/** How a server's name is compared. */
export interface NameOptions {
  /** Whether a domain such as `co.uk` or `github.io` is one under which anybody may register: a wildcard right below it never matches. */
  readonly isPublicSuffix?: (domain: string) => boolean
  /** Whether names may have underscores, as no host name has. Default: false. */
  readonly underscores?: boolean
}

/**
 * Whether a certificate is one of the named server's (RFC 9525 §6).
 * @param name a DNS name (A-labels for internationalized ones; a trailing dot is ignored) or an IP address, as text
 */
export function verifyServerName(
  certificate: Certificate,
  name: string,
  options: NameOptions = {},
): { readonly ok: true } | Rejected {
  try {
    checkServerName(certificate, name, options)
    return { ok: true }
  } catch (error) {
    return rejected(asRefusal(error, certificate))
  }
}

/** @throws Refusal */
export function checkServerName(certificate: Certificate, name: string, options: NameOptions): void {
  const matches = matcher(name, options)
  if (!matches)
    throw new Refusal('ERR_X509_BAD_REFERENCE_NAME', {
      certificate,
      expected: inWords && 'a DNS name of A-labels or an IP address',
      found: quote(name),
    })
  const names = readExtension(certificate, subjectAlternativeName) ?? []
  if (!names.some(matches))
    throw new Refusal('ERR_X509_NAME_MISMATCH', {
      certificate,
      expected: quote(name),
      found: formatNames(names),
    })
}

function matcher(name: string, options: NameOptions): ((presented: GeneralName) => boolean) | undefined {
  const address = parseIpAddress(name)
  if (address) return ({ kind, value }) => kind === 'ip' && equalBytes(value, address)
  const underscores = options.underscores ?? false
  const reference = parseDnsName(name.endsWith('.') ? name.slice(0, -1) : name, underscores)
  if (!reference) return undefined
  return ({ kind, value }) => {
    const presented = kind === 'dns' ? parsePresentedName(value, underscores) : undefined
    return presented !== undefined && labelsMatch(presented, reference, options)
  }
}

/** RFC 9525 §6.3: a wildcard stands for exactly one label, the left-most. */
function labelsMatch(
  presented: readonly string[],
  reference: readonly string[],
  { isPublicSuffix }: NameOptions,
): boolean {
  if (presented.length !== reference.length) return false
  const wildcard = presented[0] === '*'
  if (wildcard && isPublicSuffix?.(presented.slice(1).join('.'))) return false
  return presented.every((label, i) => label === reference[i] || (wildcard && i === 0))
}

function formatNames(names: readonly GeneralName[]): string | false {
  return names.length === 0 ? inWords && 'no subjectAltName' : listed(names, formatGeneralName)
}

/** For messages. */
export function formatGeneralName({ kind, value }: GeneralName): string {
  if (typeof value === 'string') return quote(value)
  if (kind === 'ip') return formatIpAddress(value)
  return kind === 'directory' ? value.text : `a name of kind ${kind}`
}

const quote = (text: string): string => JSON.stringify(text.length > 253 ? `${text.slice(0, 253)}…` : text)
