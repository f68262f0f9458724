/** What a server wishes for in a CertificateRequest, beyond what every client reads of one (RFC 9846 §4.4.2). */
import {
  compressCertificate,
  delegatedCredential,
  hex,
  oidFilters,
  readExtension,
  TlsError,
  type CertificateRequest,
  type OIDFilter,
  inWords,
  faults,
} from '@mortise/wire'
import { checkCompressionOffer } from '../authentication/compression.ts'

/** DER of the object identifiers 2.5.29.37 and 2.5.29.37.0, in hexadecimal. */
const extendedKeyUsage = '0603551d25'
const anyExtendedKeyUsage = '0604551d2500'

/** Before it is known whether they are needed: what does not parse is refused (RFC 9846 §4.3). */
export function checkWishes({ extensions }: CertificateRequest): void {
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
