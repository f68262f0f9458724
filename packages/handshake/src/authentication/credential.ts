/** Our own certificates and raw keys: what they are, and how a client chooses one for a request. */
import type { MaybePromise, SigningKey } from '@mortise/crypto'
import {
  CertificateType,
  decode,
  DelegatedCredential,
  equalBytes,
  inWords,
  SignedCertificateTimestampList,
  TlsError,
  type Codec,
  type OIDFilter,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { isDelegationScheme } from './delegatedCredential.ts'

/** What a CertificateRequest asks for (RFC 9846 §4.4.2). */
export interface CredentialRequest {
  /** SignatureScheme code points for CertificateVerify, in the server's order. */
  readonly signatureSchemes: readonly number[]
  /** DER distinguished names; empty: any. */
  readonly certificateAuthorities: readonly Uint8Array[]
  /** CertificateType code point that was agreed on: a credential of another type is not used. */
  readonly certificateType: number
  /** What the certificate must have, as far as that is known (RFC 9846 §4.3.5); empty: nothing in particular. */
  readonly oidFilters: readonly OIDFilter[]
}

/** Credentials, best first, or a function that chooses some for a request. What it throws fails the handshake. */
export type CredentialSource =
  | readonly Credential[]
  | ((request: CredentialRequest) => MaybePromise<readonly Credential[]>)

/** A certificate chain and its key, or a key alone. */
export interface Credential {
  /** DER certificates, end-entity first; none with a raw public key. */
  readonly certificates: readonly Uint8Array[]
  readonly key: SigningKey
  /**
   * CertificateType code point. RawPublicKey: the key stands for itself, and is used with peers that take such keys
   * (RFC 7250). Default: X509.
   */
  readonly certificateType?: number
  /** DNS names this credential is good for, `*.` wildcards included; compared with server_name. Absent: any name, as a last resort. */
  readonly names?: readonly string[]
  /** DER distinguished names of those who issued its certificates, for peers that name authorities. Absent: unknown. */
  readonly issuers?: readonly Uint8Array[]
  /** Whether the certificate has what a filter asks for, or can't tell; absent: nobody can tell (RFC 9846 §4.3.5). */
  readonly matches?: (filter: OIDFilter) => boolean
  /** The key is not the certificate's own, but one that it vouches for; for peers that take such (RFC 9345). */
  readonly delegated?: DelegatedKey
  /** DER OCSPResponse to staple. */
  readonly ocspResponse?: Uint8Array
  /** DER OCSPResponses to staple to the certificates behind the end entity's, in their order. */
  readonly issuerOcspResponses?: readonly (Uint8Array | undefined)[]
  /** SignedCertificateTimestampList to staple. */
  readonly signedCertificateTimestamps?: Uint8Array
}

/** A delegated credential and its key (RFC 9345). */
export interface DelegatedKey {
  /** DelegatedCredential, encoded: see `signDelegatedCredential`. */
  readonly credential: Uint8Array
  /** Milliseconds since 1970: it is not used any more then. */
  readonly expiresAt: number
}

/** A key that stands for itself (RFC 7250). */
export function rawPublicKey(key: SigningKey): Credential {
  return { certificates: [], key, certificateType: CertificateType.RawPublicKey }
}

export function typeOf({ certificateType = CertificateType.X509 }: Credential): number {
  return certificateType
}

/** @throws TlsError `ERR_TLS_CONFIG` */
export function checkCredential(credential: Credential): void {
  const { certificates, ocspResponse, signedCertificateTimestamps, delegated } = credential
  switch (typeOf(credential)) {
    case CertificateType.X509:
      if (certificates.length === 0) throw unusable('no certificate')
      break
    case CertificateType.RawPublicKey:
      // RFC 9846 §4.5.1: an entry with the key, and there is no certificate that something could be stapled to
      if (certificates.length > 0 || ocspResponse || signedCertificateTimestamps || delegated)
        throw unusable('a raw public key, and certificates or what belongs to them beside it')
      break
    default:
      throw unusable(`the unknown certificateType ${typeOf(credential)}`)
  }
  if (signedCertificateTimestamps)
    reading('SignedCertificateTimestampList', SignedCertificateTimestampList, signedCertificateTimestamps)
  if (!delegated) return
  const { dcCertVerifyAlgorithm, subjectPublicKeyInfo } = delegatedBy(delegated).cred
  if (
    !isDelegationScheme(dcCertVerifyAlgorithm) ||
    !credential.key.schemes.includes(dcCertVerifyAlgorithm) ||
    !equalBytes(subjectPublicKeyInfo, credential.key.publicKey)
  )
    throw unusable('a delegated credential that is not for its key')
}

/** @throws TlsError `ERR_TLS_CONFIG` */
export function delegatedBy({ credential }: DelegatedKey): DelegatedCredential {
  return reading('DelegatedCredential', DelegatedCredential, credential)
}

function reading<T>(name: string, codec: Codec<T>, bytes: Uint8Array): T {
  try {
    return decode(codec, bytes)
  } catch (cause) {
    throw unusable(`a malformed ${name}`, cause)
  }
}

function unusable(what: string, cause?: unknown): TlsError {
  return new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && `a credential has ${what}`, cause })
}
