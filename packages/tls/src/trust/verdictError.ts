/** A verdict of `@mortise/x509` in the terms of TLS: the alert that RFC 9846 §6.2 has for it. */
import type { Rejected, X509Reason } from '@mortise/x509'
import { inWords, TlsError, type Fault, type TlsErrorCode } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'

/** What a reason is to the peer. Those not named are `ERR_TLS_BAD_CERTIFICATE`: the certificate itself is at fault. */
const kinds: readonly (readonly [Fault<TlsErrorCode>, ...X509Reason[]])[] = [
  [
    faults.ERR_TLS_UNSUPPORTED_CERTIFICATE,
    'ERR_X509_UNSUPPORTED_VERSION',
    'ERR_X509_UNKNOWN_CRITICAL_EXTENSION',
    'ERR_X509_UNSUPPORTED_KEY',
    'ERR_X509_UNSUPPORTED_ALGORITHM',
    'ERR_X509_KEY_USAGE',
    'ERR_X509_EXTENDED_KEY_USAGE',
  ],
  [faults.ERR_TLS_CERTIFICATE_EXPIRED, 'ERR_X509_EXPIRED', 'ERR_X509_NOT_YET_VALID'],
  [faults.ERR_TLS_UNKNOWN_CA, 'ERR_X509_UNKNOWN_ISSUER', 'ERR_X509_SELF_SIGNED'],
  [faults.ERR_TLS_CERTIFICATE_NAME, 'ERR_X509_NAME_MISMATCH'],
  [
    faults.ERR_TLS_CERTIFICATE_UNKNOWN,
    'ERR_X509_NOT_PINNED',
    'ERR_X509_KEY_CHANGED',
    'ERR_X509_REFUSED',
    'ERR_X509_TRANSPARENCY',
    'ERR_X509_REVOCATION_UNKNOWN',
    'ERR_X509_BAD_CRL',
  ],
  [faults.ERR_TLS_CERTIFICATE_REVOKED, 'ERR_X509_REVOKED'],
  [faults.ERR_TLS_BAD_CERTIFICATE_STATUS, 'ERR_X509_STAPLE_MISSING', 'ERR_X509_BAD_OCSP_RESPONSE'],
  [faults.ERR_TLS_CERTIFICATE_CHAIN_TOO_LONG, 'ERR_X509_TOO_MANY_CERTIFICATES'],
  [faults.ERR_TLS_CONFIG, 'ERR_X509_BAD_REFERENCE_NAME', 'ERR_X509_OPTIONS'],
  [faults.ERR_TLS_INTERNAL, 'ERR_X509_PROVIDER'],
]

export function verdictError(verdict: Rejected): TlsError {
  return new TlsError(faultOf(verdict.reason), {
    detail: inWords && `${verdict.reason}: ${verdict.message}`,
    cause: verdict.cause ?? verdict,
  })
}

const faultOf = (reason: X509Reason): Fault<TlsErrorCode> =>
  kinds.find(([, ...reasons]) => reasons.includes(reason))?.[0] ?? faults.ERR_TLS_BAD_CERTIFICATE
