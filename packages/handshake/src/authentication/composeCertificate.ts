/** Our own Certificate message (RFC 9846 §4.5.1). */
import {
  Certificate,
  CertificateType,
  encodeHandshake,
  ExtensionType,
  HandshakeType,
  signedCertificateTimestamp,
  statusRequest,
  writeExtension,
  type CertificateEntry,
} from '@mortise/wire'
import { typeOf, type Credential } from './credential.ts'

/** What may be stapled to our end-entity certificate: what the peer asked for. */
export interface Staples {
  readonly ocspResponse: boolean
  readonly signedCertificateTimestamps: boolean
}

export function composeCertificate(
  credential: Credential,
  certificateRequestContext: Uint8Array,
  staples: Staples,
): Uint8Array {
  const certificateList = certificatesOf(credential).map((certData, i): CertificateEntry => ({
    certData,
    extensions: extensionsOf(credential, i, staples),
  }))
  return encodeHandshake(HandshakeType.certificate, Certificate, {
    certificateRequestContext,
    certificateList,
  })
}

/** Of a client that has no certificate to offer (RFC 9846 §4.5.1). */
export function composeEmptyCertificate(certificateRequestContext: Uint8Array): Uint8Array {
  return encodeHandshake(HandshakeType.certificate, Certificate, {
    certificateRequestContext,
    certificateList: [],
  })
}

/** RFC 9846 §4.5.1: a raw public key stands where a certificate would. */
function certificatesOf(credential: Credential): readonly Uint8Array[] {
  return typeOf(credential) === CertificateType.RawPublicKey
    ? [credential.key.publicKey]
    : credential.certificates
}

/** @param i which certificate; staples of an OCSP response are for each of them (RFC 9846 §4.5.1.1) */
function extensionsOf(credential: Credential, i: number, staples: Staples): CertificateEntry['extensions'] {
  const { issuerOcspResponses = [], signedCertificateTimestamps, delegated } = credential
  const response = i === 0 ? credential.ocspResponse : issuerOcspResponses[i - 1]
  const staple =
    response && staples.ocspResponse
      ? [writeExtension(statusRequest, 'certificate', { statusType: 1, response })]
      : []
  if (i > 0) return staple
  return [
    ...staple,
    ...(signedCertificateTimestamps && staples.signedCertificateTimestamps
      ? [{ extensionType: signedCertificateTimestamp.type, extensionData: signedCertificateTimestamps }]
      : []),
    ...(delegated
      ? [{ extensionType: ExtensionType.delegated_credential, extensionData: delegated.credential }]
      : []),
  ]
}
