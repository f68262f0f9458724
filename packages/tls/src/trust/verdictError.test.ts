/** RFC 9846 §6.2, reason by reason: what is wrong with a certificate, and what the peer is told of it. */
import { AlertDescription } from '@mortise/wire'
import { x509Reasons, type Rejected, type X509Reason } from '@mortise/x509'
import { expect, it } from 'vitest'
import { verdictError } from './verdictError.ts'

const reasons = Object.keys(x509Reasons) as readonly X509Reason[]

const told: Partial<Record<keyof typeof AlertDescription, readonly X509Reason[]>> = {
  certificate_expired: ['ERR_X509_EXPIRED', 'ERR_X509_NOT_YET_VALID'],
  certificate_revoked: ['ERR_X509_REVOKED'],
  unknown_ca: ['ERR_X509_UNKNOWN_ISSUER', 'ERR_X509_SELF_SIGNED'],
  bad_certificate_status_response: ['ERR_X509_STAPLE_MISSING', 'ERR_X509_BAD_OCSP_RESPONSE'],
  unsupported_certificate: [
    'ERR_X509_UNSUPPORTED_VERSION',
    'ERR_X509_UNKNOWN_CRITICAL_EXTENSION',
    'ERR_X509_UNSUPPORTED_KEY',
    'ERR_X509_UNSUPPORTED_ALGORITHM',
    'ERR_X509_KEY_USAGE',
    'ERR_X509_EXTENDED_KEY_USAGE',
  ],
  certificate_unknown: [
    'ERR_X509_NOT_PINNED',
    'ERR_X509_KEY_CHANGED',
    'ERR_X509_REFUSED',
    'ERR_X509_TRANSPARENCY',
    'ERR_X509_REVOCATION_UNKNOWN',
    'ERR_X509_BAD_CRL',
  ],
  internal_error: ['ERR_X509_BAD_REFERENCE_NAME', 'ERR_X509_OPTIONS', 'ERR_X509_PROVIDER'],
}

it.each(reasons)('%s', (reason) => {
  const [alert = 'bad_certificate'] = Object.entries(told).find(([, those]) => those.includes(reason)) ?? []
  const verdict: Rejected = {
    ok: false,
    reason,
    position: 0,
    subject: 'CN=peer',
    expected: undefined,
    found: undefined,
    message: 'what a person needs',
  }
  const error = verdictError(verdict)
  expect(error.alert).toBe(AlertDescription[alert as keyof typeof AlertDescription])
  expect(error.blame).toBe(alert === 'internal_error' ? 'local' : 'certificate')
  expect(error.message).toContain(`${reason}: what a person needs`)
  expect(error.cause).toBe(verdict)
})

it('has the cause that the verdict has', () => {
  const cause = new Error('the module is gone')
  const verdict = { ok: false, reason: 'ERR_X509_PROVIDER', message: '', cause } as Rejected
  expect(verdictError(verdict).cause).toBe(cause)
})
