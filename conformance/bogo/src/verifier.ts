/** The runner's certificates are made for each run and lead to no anchor: the shim takes all, or refuses all. */
import { createHash, X509Certificate } from 'node:crypto'
import type { PeerVerifier } from '@mortise/handshake'
import { AlertDescription, faults, TlsError } from '@mortise/wire'
import { certificateKeyUsage } from '@mortise/x509'
import type { Flags } from './flags.ts'

/** @param held the flags that hold when a certificate comes: those of the retry once early data was rejected */
export function unsafeShimVerifier(flags: Flags, role: 'client' | 'server', held: () => Flags): PeerVerifier {
  const keysOnly = flags.credentials.length > 0 && flags.credentials.every(({ type }) => type === 'psk')
  const types = flags['accepted-peer-cert-types']
  return {
    // BoringSSL's server asks a client for neither
    wants:
      role === 'client'
        ? {
            ocspResponse: flags['enable-ocsp-stapling'],
            signedCertificateTimestamps: flags['enable-signed-cert-timestamps'],
          }
        : {},
    ...(types ? { certificateTypes: types } : {}),
    verify: ({ certificates, rawPublicKey, ocspResponse, signedCertificateTimestamps }) => {
      const publicKey = rawPublicKey ?? leafPublicKey(certificates[0])
      checkKeyUsage(certificates[0])
      if (keysOnly && role === 'client' && !checks(flags))
        throw new TlsError(faults.ERR_TLS_MISSING_EXTENSION, { detail: 'only a pre-shared key is taken' })
      if (flags['use-ocsp-callback'] && flags['fail-ocsp-callback'])
        throw new TlsError(faults.ERR_TLS_BAD_CERTIFICATE_STATUS, { detail: 'refused as the test demands' })
      const refusal = refusalOf(held(), rawPublicKey !== undefined)
      if (refusal) throw refusal
      // A server that keeps a client's certificate as a hash
      if (flags['retain-only-sha256-client-cert'] && certificates[0])
        return { publicKey, certificates: [], details: { sha256: sha256(certificates[0]) } }
      return { publicKey, certificates, details: { ocspResponse, signedCertificateTimestamps } }
    },
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

/** What `-verify-fail` comes to. For a raw public key nobody else can answer, so it is always looked at. */
export function refusalOf(flags: Flags, isRawPublicKey = false): TlsError | undefined {
  if (!flags['verify-fail'] || !(isRawPublicKey || checks(flags))) return undefined
  return new TlsError(faults.ERR_TLS_CERTIFICATE_UNKNOWN, {
    detail: 'refused as the test demands',
    alert: flags['use-custom-verify-callback']
      ? AlertDescription.certificate_unknown
      : AlertDescription.handshake_failure,
  })
}

/** Without these, BoringSSL verifies, and goes on whatever comes of it. */
function checks(flags: Flags): boolean {
  return (
    flags['verify-peer'] || flags['require-any-client-certificate'] || flags['use-custom-verify-callback']
  )
}

function leafPublicKey(certificate: Uint8Array | undefined): Uint8Array {
  try {
    return new X509Certificate(certificate ?? new Uint8Array(0)).publicKey.export({
      format: 'der',
      type: 'spki',
    })
  } catch (cause) {
    throw new TlsError(faults.ERR_TLS_BAD_CERTIFICATE, {
      detail: 'the leaf does not parse',
      cause,
      // The runner wants the alert of BoringSSL's own parser
      alert: AlertDescription.decode_error,
    })
  }
}

/** RFC 9846 §4.5.1.2: digitalSignature, if the certificate says what its key is for. */
function checkKeyUsage(certificate: Uint8Array | undefined): void {
  const usage = certificate && certificateKeyUsage(certificate)
  if (usage && !usage.has('digitalSignature'))
    throw new TlsError(faults.ERR_TLS_UNSUPPORTED_CERTIFICATE, {
      detail: 'KEY_USAGE: the key is not for signatures',
      alert: AlertDescription.illegal_parameter,
    })
}
