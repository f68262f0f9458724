/** The credential that a test's flags describe, and what a verifier of the shim does. */
import { readFileSync } from 'node:fs'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { CryptoProvider } from '@mortise/crypto'
import type { Credential, PeerVerifier } from '@mortise/handshake'
import { AlertDescription, TlsError } from '@mortise/wire'
import type { Flags } from './flags.ts'

export async function readCredential(
  flags: Flags,
  provider: CryptoProvider,
): Promise<Credential | undefined> {
  const certificateFile = flags['cert-file']
  const keyFile = flags['key-file'] ?? certificateFile
  if (certificateFile === undefined || keyFile === undefined) return undefined
  const key = await provider.importPrivateKey({
    pkcs8: createPrivateKey(readFileSync(keyFile)).export({ format: 'der', type: 'pkcs8' }),
  })
  const preferred = flags['signing-prefs']
  const ocspResponse = flags['ocsp-response']
  const timestamps = flags['signed-cert-timestamps']
  return {
    certificates: readCertificates(certificateFile),
    key: preferred ? { ...key, schemes: preferred.filter((scheme) => key.schemes.includes(scheme)) } : key,
    ...(ocspResponse && { ocspResponse }),
    ...(timestamps && { signedCertificateTimestamps: timestamps }),
  }
}

/** DER certificates of a PEM file. */
export function readCertificates(file: string): readonly Uint8Array[] {
  const blocks = readFileSync(file, 'latin1').matchAll(
    /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g,
  )
  return [...blocks].map(([, base64 = '']) => Uint8Array.from(Buffer.from(base64, 'base64')))
}

/** The runner's certificates are made for each run and lead to no anchor: the shim takes all, or refuses all. */
export function unsafeShimVerifier(flags: Flags): PeerVerifier {
  return {
    wants: {
      ocspResponse: flags['enable-ocsp-stapling'],
      signedCertificateTimestamps: flags['enable-signed-cert-timestamps'],
    },
    verify: ({ certificates, ocspResponse, signedCertificateTimestamps }) => {
      const publicKey = leafPublicKey(certificates[0])
      if (flags['verify-fail'] && checks(flags))
        throw new TlsError('ERR_TLS_CERTIFICATE_UNKNOWN', {
          detail: 'refused as the test demands',
          alert: flags['use-custom-verify-callback']
            ? AlertDescription.certificate_unknown
            : AlertDescription.handshake_failure,
        })
      return { publicKey, certificates, details: { ocspResponse, signedCertificateTimestamps } }
    },
  }
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
    throw new TlsError('ERR_TLS_BAD_CERTIFICATE', {
      detail: 'the leaf does not parse',
      cause,
      // The runner wants the alert of BoringSSL's own parser
      alert: AlertDescription.decode_error,
    })
  }
}
