/** Delegated credentials of the peer (RFC 9345 §4.1): asking for them, and taking or refusing what comes. */
import type { CryptoProvider } from '@mortise/crypto'
import {
  codeText,
  delegatedCredential,
  inWords,
  readExtension,
  TlsError,
  writeExtension,
  type CertificateEntry,
  type DelegatedCredential,
  type Extension,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { VerifiedPeer } from '../info.ts'
import type { CommonOptions } from '../options.ts'
import { isDelegationScheme, signatureInput } from './delegatedCredential.ts'
import { isHandshakeScheme, verifySignature, type ProofKey } from './signatureSchemes.ts'

/** RFC 9345 §4.1.3: what is left of a delegated credential's life is at most seven days, in milliseconds. */
const maxDelegation = 604_800_000

/**
 * That delegated credentials are taken. Made by `delegatedCredentials`; options make rules of it.
 * @throws TlsError `ERR_TLS_CONFIG` if they can't
 */
export type DelegatedCredentials = (options: Pick<CommonOptions, 'provider' | 'now'>) => DelegationRules

/** Delegated credentials of the peer as a handshake sees them. */
export interface DelegationRules {
  /** delegated_credential for a ClientHello or a CertificateRequest; nothing if no scheme is taken (RFC 9345 §4.1). */
  readonly offer: (message: 'clientHello' | 'certificateRequest') => readonly Extension[]
  /**
   * What CertificateVerify is to be checked with, if a delegated credential came with the end entity's certificate.
   * @throws TlsError `ERR_TLS_BAD_DELEGATED_CREDENTIAL`
   */
  readonly proofKey: (
    endEntity: CertificateEntry,
    expected: DelegationExpectation,
  ) => Promise<ProofKey | undefined>
}

/**
 * A certificate that may vouch for other keys: it has DelegationUsage and digitalSignature (RFC 9345 §4.2). Its validity, in
 * milliseconds since 1970.
 */
export interface DelegatingCertificate {
  readonly notBefore: number
  readonly notAfter: number
}

/** What a delegated credential that came with a certificate has to fulfil. */
export interface DelegationExpectation {
  readonly signer: 'client' | 'server'
  /** Who the certificate says it is. */
  readonly peer: VerifiedPeer
  /** SignatureScheme code points that we offered for certificates' keys. */
  readonly schemes: readonly number[]
}

/**
 * For the option `delegatedCredentials`: the peer may sign by a key that its certificate vouches for (RFC 9345). Needs `now`.
 * @param schemes SignatureScheme code points that such keys may sign with, in order of preference; no rsa_pss_rsae_* (§4)
 * @param readDelegating of the DER of a certificate that the verifier has accepted; `undefined`: it vouches for none
 */
export function delegatedCredentials(
  schemes: readonly number[],
  readDelegating: (certificate: Uint8Array) => DelegatingCertificate | undefined,
): DelegatedCredentials {
  return ({ provider, now }) => {
    for (const scheme of schemes) checkScheme(scheme, provider)
    if (!now) throw refused(inWords && 'now is needed')
    return {
      offer: (message) =>
        schemes.length > 0
          ? [writeExtension(delegatedCredential, message, { supportedSignatureAlgorithms: schemes })]
          : [],
      proofKey: async (endEntity, expected) => {
        const delegated = readExtension(endEntity.extensions, delegatedCredential, 'certificate')
        return (
          delegated &&
          acceptDelegatedCredential(delegated, {
            ...expected,
            certificate: endEntity.certData,
            delegating: readDelegating(endEntity.certData),
            delegationSchemes: schemes,
            provider,
            now: now(),
          })
        )
      },
    }
  }
}

function checkScheme(scheme: number, { signatures }: CryptoProvider): void {
  if (!isDelegationScheme(scheme))
    throw refused(inWords && `${codeText.signatureScheme(scheme)} is not for delegated credentials`)
  if (!signatures.some((item) => item.scheme === scheme))
    throw refused(inWords && `the provider has no ${codeText.signatureScheme(scheme)}`)
}

interface Expectation extends DelegationExpectation {
  /** DER of the certificate, and what it says of delegation. */
  readonly certificate: Uint8Array
  readonly delegating: DelegatingCertificate | undefined
  /** The schemes that we offered for delegated keys. */
  readonly delegationSchemes: readonly number[]
  readonly provider: CryptoProvider
  /** Milliseconds since 1970. */
  readonly now: number
}

/** RFC 9345 §4.1.3. */
async function acceptDelegatedCredential(
  delegated: DelegatedCredential,
  expected: Expectation,
): Promise<ProofKey> {
  const { cred, algorithm, signature } = delegated
  checkLifetime(cred.validTime, expected.delegating, expected.now)
  // RFC 9345 §4.1.1: each of its two algorithms of the list that it belongs to
  if (!expected.schemes.includes(algorithm) || !isHandshakeScheme(algorithm))
    throw bad(inWords && `${codeText.signatureScheme(algorithm)} was not offered`)
  const scheme = cred.dcCertVerifyAlgorithm
  if (!expected.delegationSchemes.includes(scheme) || !isDelegationScheme(scheme))
    throw bad(inWords && `${codeText.signatureScheme(scheme)} was not offered for delegated credentials`)
  const input = signatureInput(expected.signer, expected.certificate, delegated)
  const { publicKey } = expected.peer
  const verifies = await verifySignature(expected.provider, { publicKey, algorithm, input, signature })
  if (!verifies) throw bad(inWords && 'its signature does not verify')
  return { publicKey: cred.subjectPublicKeyInfo.slice(), schemes: [scheme] }
}

function checkLifetime(validTime: number, delegating: DelegatingCertificate | undefined, now: number): void {
  // RFC 9345 §4.2: DelegationUsage, and digitalSignature
  if (!delegating) throw bad(inWords && 'the certificate does not allow it')
  const expiresAt = delegating.notBefore + validTime * 1000
  if (now > expiresAt) throw bad(inWords && 'it has expired')
  if (expiresAt > now + maxDelegation) throw bad(inWords && 'it is valid for more than seven days')
  if (expiresAt > delegating.notAfter) throw bad(inWords && 'it is valid for longer than its certificate')
}

function bad(detail: string | false): TlsError {
  return new TlsError(faults.ERR_TLS_BAD_DELEGATED_CREDENTIAL, { detail })
}

function refused(why: string | false): TlsError {
  return new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && `delegatedCredentials: ${why}` })
}
