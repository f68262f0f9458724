/** How a client answers a CertificateRequest, in the handshake and after it (RFC 9846 §4.4.2, §4.7.2). */
import {
  certificateAuthorities,
  readExtension,
  signatureAlgorithms,
  signedCertificateTimestamp,
  statusRequest,
  type CertificateRequest,
} from '@mortise/wire'
import { composeCertificate } from '../authentication/certificate.ts'
import { composeCertificateVerify } from '../authentication/certificateVerify.ts'
import { chooseCredential } from '../authentication/credentials.ts'
import type { ClientConfig } from '../config.ts'
import type { Transcript } from '../transcript.ts'

export interface ClientAuthenticationMessages {
  readonly messages: readonly Uint8Array[]
  /** `undefined` if we have no certificate to show. */
  readonly localSignatureScheme: number | undefined
}

/** Certificate, perhaps an empty one, and CertificateVerify; added to the transcript. */
export async function composeClientAuthentication(
  { extensions, certificateRequestContext }: CertificateRequest,
  { credentials: source, signal }: ClientConfig,
  transcript: Transcript,
): Promise<ClientAuthenticationMessages> {
  const schemes =
    readExtension(extensions, signatureAlgorithms, 'certificateRequest')?.supportedSignatureAlgorithms ?? []
  const authorities =
    readExtension(extensions, certificateAuthorities, 'certificateRequest')?.authorities ?? []
  const credentials =
    typeof source === 'function'
      ? await source({ signatureSchemes: schemes, certificateAuthorities: authorities })
      : source
  const chosen = chooseCredential(credentials, undefined, schemes)
  const certificate = composeCertificate(chosen?.credential, certificateRequestContext, {
    ocspResponse: extensions.some(({ extensionType }) => extensionType === statusRequest.type),
    signedCertificateTimestamps: extensions.some(
      ({ extensionType }) => extensionType === signedCertificateTimestamp.type,
    ),
  })
  transcript.add(certificate)
  if (!chosen) return { messages: [certificate], localSignatureScheme: undefined }
  const verify = await composeCertificateVerify('client', chosen, await transcript.hash(), signal)
  transcript.add(verify)
  return { messages: [certificate, verify], localSignatureScheme: chosen.scheme }
}
