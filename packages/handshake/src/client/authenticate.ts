/** How a client answers a CertificateRequest, in the handshake and after it (RFC 9846 §4.4.2, §4.7.2). */
import {
  certificateAuthorities,
  compressCertificate,
  delegatedCredential,
  oidFilters,
  readExtension,
  signatureAlgorithms,
  signedCertificateTimestamp,
  statusRequest,
  type CertificateRequest,
} from '@mortise/wire'
import { chooseCompression } from '../authentication/compression.ts'
import { checkCredential } from '../authentication/credential.ts'
import { chooseCredential } from '../authentication/credentials.ts'
import { prove } from '../authentication/prove.ts'
import type { ClientConfig } from '../config.ts'
import type { Transcript } from '../transcript.ts'

export interface ClientAuthenticationMessages {
  readonly messages: readonly Uint8Array[]
  /** `undefined` if we have no certificate to show. */
  readonly localSignatureScheme: number | undefined
  readonly localCertificates: readonly Uint8Array[]
}

/**
 * Certificate, perhaps an empty one, and CertificateVerify; added to the transcript.
 * @param certificateType CertificateType code point that was agreed on
 */
export async function composeClientAuthentication(
  { extensions, certificateRequestContext }: CertificateRequest,
  certificateType: number,
  config: ClientConfig,
  transcript: Transcript,
): Promise<ClientAuthenticationMessages> {
  const { credentials: source } = config
  const schemes =
    readExtension(extensions, signatureAlgorithms, 'certificateRequest')?.supportedSignatureAlgorithms ?? []
  const authorities =
    readExtension(extensions, certificateAuthorities, 'certificateRequest')?.authorities ?? []
  const filters = readExtension(extensions, oidFilters, 'certificateRequest')?.filters ?? []
  const credentials =
    typeof source === 'function'
      ? await source({
          signatureSchemes: schemes,
          certificateAuthorities: authorities,
          certificateType,
          oidFilters: filters,
        })
      : source
  credentials.forEach(checkCredential)
  const chosen = chooseCredential(credentials, {
    serverName: undefined,
    schemes,
    certificateTypes: [certificateType],
    certificateAuthorities: authorities,
    oidFilters: filters,
    delegatedCredentialSchemes:
      readExtension(extensions, delegatedCredential, 'certificateRequest')?.supportedSignatureAlgorithms ??
      [],
    now: config.now?.(),
  })
  const messages = await prove(
    'client',
    chosen,
    {
      certificateRequestContext,
      staples: {
        ocspResponse: extensions.some(({ extensionType }) => extensionType === statusRequest.type),
        signedCertificateTimestamps: extensions.some(
          ({ extensionType }) => extensionType === signedCertificateTimestamp.type,
        ),
      },
      compression: chooseCompression(
        config,
        readExtension(extensions, compressCertificate, 'certificateRequest')?.algorithms,
      ),
      signal: config.signal,
    },
    transcript,
  )
  return {
    messages,
    localSignatureScheme: chosen?.scheme,
    localCertificates: chosen?.credential.certificates ?? [],
  }
}
