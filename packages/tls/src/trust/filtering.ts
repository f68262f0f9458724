/** A server that asks for certificates of a kind takes no others (RFC 9846 §4.3.5, §4.5.1.2). */
import type { PeerVerifier } from '@mortise/handshake'
import { isX509Error, matchesFilter, parseCertificate, type Certificate } from '@mortise/x509'
import { inWords, TlsError, type OIDFilter } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** `verifier`, and that the end entity's certificate has what the filters ask for, as far as there is a rule for it. */
export function filtering(verifier: PeerVerifier, filters: readonly OIDFilter[]): PeerVerifier {
  if (filters.length === 0) return verifier
  return {
    ...verifier,
    verify: async (peer) => {
      const [der] = peer.certificates
      const certificate = der && read(der)
      const matches = filters.every(
        ({ certificateExtensionOid: oid, certificateExtensionValues: values }) =>
          certificate !== undefined && matchesFilter(certificate, oid, values),
      )
      if (!matches)
        throw new TlsError(faults.ERR_TLS_UNSUPPORTED_CERTIFICATE, {
          detail: inWords && 'the certificate does not have what oid_filters asks for',
        })
      return verifier.verify(peer)
    },
  }
}

/** `undefined` for a certificate that can't be read, which fits no filter. */
function read(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (isX509Error(error)) return undefined
    throw error
  }
}
