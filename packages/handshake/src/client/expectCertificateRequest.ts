/** CertificateRequest: the server wants to know who we are (RFC 9846 §4.4.2). */
import {
  certificateAuthorities,
  checkExtensions,
  compressCertificate,
  delegatedCredential,
  hex,
  inWords,
  oidFilters,
  readExtension,
  signatureAlgorithms,
  signatureAlgorithmsCert,
  signedCertificateTimestamp,
  statusRequest,
  TlsError,
  type CertificateRequest,
  type OIDFilter,
} from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { checkRequestContext, noContext } from '../authentication/certificate.ts'
import { checkCompressionOffer } from '../authentication/compression.ts'
import type { Received, Step } from '../machine.ts'
import type { ClientContext } from './context.ts'
import type { ExpectCertificate, ExpectCertificateOrRequest } from './states.ts'

/** DER of the object identifiers 2.5.29.37 and 2.5.29.37.0, in hexadecimal. */
const extendedKeyUsage = '0603551d25'
const anyExtendedKeyUsage = '0604551d2500'

export async function readCertificateRequest(
  state: ExpectCertificateOrRequest,
  { raw, body }: Received<'CertificateRequest'>,
  { transcript }: ClientContext,
): Promise<Step<ExpectCertificate>> {
  // RFC 9846 §4.4.2: empty unless used for post-handshake authentication
  checkRequestContext(body.certificateRequestContext, noContext)
  checkCertificateRequest(body)
  transcript.add(raw)
  return { next: { ...state, name: 'ExpectCertificate', request: body }, actions: [] }
}

/** Whether or not we have anything to show: what does not parse is refused before it is known whether it is needed (RFC 9846 §4.3). */
export function checkCertificateRequest({ extensions }: CertificateRequest): void {
  checkExtensions(extensions, 'certificateRequest', undefined)
  // RFC 9846 §4.4.2: signature_algorithms MUST be there
  if (!readExtension(extensions, signatureAlgorithms, 'certificateRequest'))
    throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, {
      detail: inWords && 'CertificateRequest has no signature_algorithms',
    })
  readExtension(extensions, signatureAlgorithmsCert, 'certificateRequest')
  readExtension(extensions, certificateAuthorities, 'certificateRequest')
  readExtension(extensions, statusRequest, 'certificateRequest')
  readExtension(extensions, signedCertificateTimestamp, 'certificateRequest')
  readExtension(extensions, delegatedCredential, 'certificateRequest')
  checkFilters(readExtension(extensions, oidFilters, 'certificateRequest')?.filters ?? [])
  checkCompressionOffer(readExtension(extensions, compressCertificate, 'certificateRequest')?.algorithms)
}

/** RFC 9846 §4.3.5: an OID once at most, and no filter asks for any purpose at all. */
function checkFilters(filters: readonly OIDFilter[]): void {
  const seen = new Set<string>()
  for (const { certificateExtensionOid, certificateExtensionValues } of filters) {
    const oid = hex(certificateExtensionOid)
    if (seen.has(oid))
      throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
        detail: inWords && `oid_filters has ${oid} twice`,
      })
    seen.add(oid)
    if (oid === extendedKeyUsage && hex(certificateExtensionValues).includes(anyExtendedKeyUsage))
      throw new TlsError(faults.ERR_TLS_ILLEGAL_PARAMETER, {
        detail: inWords && 'oid_filters asks for anyExtendedKeyUsage',
      })
  }
}
