/** Which of our credentials to use: by server_name, and by what the peer can verify (RFC 9846 §4.5.1.2, §4.3.3). */
import { equalBytes, type OIDFilter } from '@mortise/wire'
import { delegatedBy, typeOf, type Credential } from './credential.ts'
import { isHandshakeScheme } from './signatureSchemes.ts'

export interface ChosenCredential {
  readonly credential: Credential
  /** SignatureScheme for CertificateVerify. */
  readonly scheme: number
}

/** What the peer takes. */
export interface CredentialWish {
  /** The name it wants to reach. */
  readonly serverName: string | undefined
  /** SignatureScheme code points. */
  readonly schemes: readonly number[]
  /** CertificateType code points, best first. */
  readonly certificateTypes: readonly number[]
  /** DER distinguished names; empty: any. */
  readonly certificateAuthorities: readonly Uint8Array[]
  readonly oidFilters: readonly OIDFilter[]
  /** SignatureScheme code points of delegated credentials; empty: it takes none. */
  readonly delegatedCredentialSchemes: readonly number[]
  /** Milliseconds since 1970; without a clock no delegated credential is used. */
  readonly now: number | undefined
}

/**
 * Of the first type of which one can be used: the first credential whose names fit and whose key can sign with one of
 * `schemes`; failing that, the first whose key can, so that a client with another name gets a certificate to refuse and
 * not a puzzle. The same goes for authorities (RFC 9846 §4.5.1.2); filters must match (§4.3.5).
 */
export function chooseCredential(
  credentials: readonly Credential[],
  wish: CredentialWish,
): ChosenCredential | undefined {
  for (const type of wish.certificateTypes) {
    const usable = credentials
      .filter((credential) => typeOf(credential) === type && matchesFilters(credential, wish))
      .flatMap((credential) => {
        const scheme = chooseScheme(credential, wish)
        return scheme === undefined ? [] : [{ credential, scheme }]
      })
    const chosen =
      chooseByName(
        usable.filter(({ credential }) => isIssuedByOneOf(credential, wish)),
        wish.serverName,
      ) ?? chooseByName(usable, wish.serverName)
    if (chosen) return chosen
  }
  return undefined
}

function matchesFilters({ matches }: Credential, { oidFilters }: CredentialWish): boolean {
  return !matches || oidFilters.every(matches)
}

function isIssuedByOneOf({ issuers }: Credential, { certificateAuthorities }: CredentialWish): boolean {
  if (!issuers || certificateAuthorities.length === 0) return true
  return certificateAuthorities.some((name) => issuers.some((issuer) => equalBytes(issuer, name)))
}

function chooseScheme(
  { key, delegated }: Credential,
  { schemes, delegatedCredentialSchemes, now }: CredentialWish,
): number | undefined {
  if (!delegated) return key.schemes.find((own) => isHandshakeScheme(own) && schemes.includes(own))
  const { cred, algorithm } = delegatedBy(delegated)
  const scheme = cred.dcCertVerifyAlgorithm
  // RFC 9345 §4.1.1: each of its two algorithms of the list that it belongs to
  const taken = schemes.includes(algorithm) && delegatedCredentialSchemes.includes(scheme)
  return taken && now !== undefined && now < delegated.expiresAt ? scheme : undefined
}

function chooseByName(
  usable: readonly ChosenCredential[],
  serverName: string | undefined,
): ChosenCredential | undefined {
  if (serverName === undefined) return usable[0]
  return (
    usable.find(({ credential }) => credential.names?.some((name) => matchesName(name, serverName))) ??
    usable.find(({ credential }) => credential.names === undefined) ??
    usable[0]
  )
}

/** `*.example.org` stands for one label, as in RFC 9525 §6.3. */
function matchesName(pattern: string, name: string): boolean {
  const [wanted, actual] = [pattern, name].map((text) => text.toLowerCase().replace(/\.$/, '')) as [
    string,
    string,
  ]
  if (!wanted.startsWith('*.')) return wanted === actual
  const dot = actual.indexOf('.')
  return dot > 0 && actual.slice(dot) === wanted.slice(1)
}
