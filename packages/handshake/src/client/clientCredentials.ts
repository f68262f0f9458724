/**
 * A client's own certificates and keys, as a value that brings the code to use them along: who never imports it does not
 * carry that code either.
 */
import { inWords, TlsError, type CertificateRequest } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { checkCertificateTypes, defaultCertificateTypes } from '../authentication/certificateType.ts'
import { checkCredential, typeOf, type CredentialSource } from '../authentication/credential.ts'
import type { ClientConfig } from '../config.ts'
import type { AnswerRequest } from '../postHandshake/connected.ts'
import type { Transcript } from '../transcript.ts'
import { answerRequests } from './answerCertificateRequest.ts'
import { composeClientAuthentication } from './authenticate.ts'

/** How a client proves who it is: made by `clientCredentials`. Its members are for the handshake. */
export interface ClientCredentials {
  /** CertificateType code points that can be shown, best first (RFC 7250 §4.1). */
  readonly certificateTypes: readonly number[]
  /** Certificate, perhaps an empty one, and CertificateVerify; in the transcript by then. */
  readonly prove: (request: CertificateRequest, handshake: ProvingHandshake) => Promise<ClientProof>
  /** Answers what is asked after the handshake; `undefined`: post_handshake_auth is not offered (RFC 9846 §4.3.6). */
  readonly answersLater: ((handshake: FinishedHandshake) => AnswerRequest) | undefined
}

/** The handshake in which a client proves who it is. */
export interface ProvingHandshake {
  /** CertificateType code point that was agreed on. */
  readonly certificateType: number
  readonly config: ClientConfig
  readonly transcript: Transcript
}

/** What requests after a handshake depend on. */
export interface FinishedHandshake {
  /** CertificateType code point that was agreed on. */
  readonly certificateType: number
  /** A certificate was asked for in the handshake already. */
  readonly asked: boolean
}

export interface ClientProof {
  readonly messages: readonly Uint8Array[]
  /** `undefined` if we have no certificate to show. */
  readonly localSignatureScheme: number | undefined
  readonly localCertificates: readonly Uint8Array[]
}

/** What there is to choose about a client's credentials. */
export interface ClientCredentialsOptions {
  /**
   * CertificateType code points of the credentials, best first; the server chooses one of them (RFC 7250 §4.1). Default:
   * those of a list, X509 for a function.
   */
  readonly certificateTypes?: readonly number[]
  /** Take requests for a certificate after the handshake, too (RFC 9846 §4.3.6). Default: false. */
  readonly postHandshake?: boolean
}

/**
 * What a client authenticates itself with if the server asks (RFC 9846 §4.4.2): the first of the credentials that fits the
 * request, or an empty Certificate if none does.
 * @param source credentials, best first, or a function that chooses some for a request; what it throws fails the handshake
 * @throws TlsError `ERR_TLS_CONFIG` for a credential that can't be used, and for options that can't be honoured
 */
export function clientCredentials(
  source: CredentialSource,
  { certificateTypes, postHandshake = false, ...unknown }: ClientCredentialsOptions = {},
): ClientCredentials {
  for (const name of Object.keys(unknown))
    throw new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && `unknown option ${JSON.stringify(name)}` })
  if (typeof source !== 'function') source.forEach(checkCredential)
  return Object.freeze({
    certificateTypes: checkCertificateTypes(certificateTypes ?? typesOf(source)),
    prove: (request: CertificateRequest, handshake: ProvingHandshake) =>
      composeClientAuthentication(source, request, handshake),
    answersLater: postHandshake
      ? (handshake: FinishedHandshake) => answerRequests(source, handshake)
      : undefined,
  })
}

/** Of credentials, best first. */
function typesOf(source: CredentialSource): readonly number[] {
  if (typeof source === 'function' || source.length === 0) return defaultCertificateTypes
  return [...new Set(source.map(typeOf))]
}
