/** CertificateRequest as a server makes it, in the handshake and after it (RFC 9846 §4.4.2). */
import {
  certificateAuthorities,
  CertificateRequest,
  encodeHandshake,
  HandshakeType,
  oidFilters,
  signatureAlgorithms,
  signatureAlgorithmsCert,
  signedCertificateTimestamp,
  statusRequest,
  writeExtension,
  type Extension,
} from '@mortise/wire'
import type { ServerConfig } from '../config.ts'

const empty = new Uint8Array(0)

/** @param certificateRequestContext empty in the handshake, unique on the connection after it */
export function composeCertificateRequest(
  config: ServerConfig,
  certificateRequestContext: Uint8Array,
): Uint8Array {
  return encodeHandshake(HandshakeType.certificate_request, CertificateRequest, {
    certificateRequestContext,
    extensions: requestExtensions(config),
  })
}

/** Types of the extensions in our requests: what a Certificate may answer (RFC 9846 §4.5.1). */
export function requestedExtensions(config: ServerConfig): ReadonlySet<number> {
  return new Set(requestExtensions(config).map(({ extensionType }) => extensionType))
}

function requestExtensions(config: ServerConfig): readonly Extension[] {
  const { signatureSchemes, signatureSchemesCert, clientAuthentication } = config
  const extensions: Extension[] = [
    writeExtension(signatureAlgorithms, 'certificateRequest', {
      supportedSignatureAlgorithms: signatureSchemes,
    }),
  ]
  if (signatureSchemesCert)
    extensions.push(
      writeExtension(signatureAlgorithmsCert, 'certificateRequest', {
        supportedSignatureAlgorithms: signatureSchemesCert,
      }),
    )
  const {
    certificateAuthorities: authorities = [],
    oidFilters: filters = [],
    verifier,
  } = clientAuthentication ?? {}
  if (authorities.length > 0)
    extensions.push(writeExtension(certificateAuthorities, 'certificateRequest', { authorities }))
  if (filters.length > 0) extensions.push(writeExtension(oidFilters, 'certificateRequest', { filters }))
  if (verifier?.wants?.ocspResponse)
    extensions.push({ extensionType: statusRequest.type, extensionData: empty })
  if (verifier?.wants?.signedCertificateTimestamps)
    extensions.push({ extensionType: signedCertificateTimestamp.type, extensionData: empty })
  extensions.push(...(config.certificateCompression?.offer('certificateRequest') ?? []))
  extensions.push(...(config.delegatedCredentials?.offer('certificateRequest') ?? []))
  return extensions
}
