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
import { checkCredential, type CredentialSource } from '../authentication/credential.ts'
import { chooseCredential } from '../authentication/credentials.ts'
import { prove } from '../authentication/prove.ts'
import type { ClientProof, ProvingHandshake } from './clientCredentials.ts'
import { noCredentials } from './noCredentials.ts'

/** Certificate, perhaps an empty one, and CertificateVerify; added to the transcript. */
export async function composeClientAuthentication(
  source: CredentialSource,
  request: CertificateRequest,
  handshake: ProvingHandshake,
): Promise<ClientProof> {
  const { extensions, certificateRequestContext } = request
  const { certificateType, config, transcript } = handshake
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
  if (!chosen) return noCredentials.prove(request, handshake)
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
      compress: config.certificateCompression?.choose(
        readExtension(extensions, compressCertificate, 'certificateRequest')?.algorithms,
      ),
      signal: config.signal,
    },
    transcript,
  )
  return {
    messages,
    localSignatureScheme: chosen.scheme,
    localCertificates: chosen.credential.certificates,
  }
}
