/** The credentials that a test's flags describe, and what a verifier of the shim does. */
import { readFileSync } from 'node:fs'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { CryptoProvider } from '@mortise/crypto'
import {
  importPreSharedKey,
  type Credential,
  type ExternalPreSharedKey,
  type PeerVerifier,
} from '@mortise/handshake'
import { AlertDescription, equalBytes, hex, TlsError } from '@mortise/wire'
import { certificateKeyUsage, parseCertificate } from '@mortise/x509'
import type { CredentialFlags, Flags } from './flags.ts'
import { policyOf } from './policies.ts'

/** A certificate with its key. */
export interface Identity {
  readonly credential: Credential
  /** Only for a peer that names its issuer. */
  readonly mustMatchIssuer: boolean
}

/** Credentials of a test, in its order; and which of them was used. */
export interface Credentials {
  readonly identities: readonly Identity[]
  readonly preSharedKeys: readonly ExternalPreSharedKey[]
  /** The index that the runner counts: -1 for the certificate that is configured without a number. */
  readonly selected: (preSharedKeyIdentity: Uint8Array | undefined) => number | undefined
}

export async function readCredentials(flags: Flags, provider: CryptoProvider): Promise<Credentials> {
  let signer: number | undefined
  const identities: Identity[] = []
  const preSharedKeys: ExternalPreSharedKey[] = []
  const indexes = new Map<string, number>()
  const all = [
    ...flags.credentials.map((one, index) => ({ ...one, index })),
    { type: 'x509' as const, flags, index: -1 },
  ]
  for (const { type, flags: own, index } of all) {
    if (type === 'psk') {
      for (const key of await importKeys(own, provider)) {
        indexes.set(hex(key.identity), index)
        preSharedKeys.push(key)
      }
      continue
    }
    const credential = await readCredential(own, flags, provider, () => {
      signer = index
    })
    if (credential) identities.push({ credential, mustMatchIssuer: own['must-match-issuer'] })
  }
  return {
    identities,
    preSharedKeys,
    selected: (identity) => (identity ? indexes.get(hex(identity)) : signer),
  }
}

function importKeys(
  flags: CredentialFlags['flags'],
  provider: CryptoProvider,
): Promise<readonly ExternalPreSharedKey[]> {
  return importPreSharedKey(provider, {
    identity: flags['psk-importer-identity'] ?? new Uint8Array(0),
    key: flags['psk-importer-key'] ?? new Uint8Array(0),
    context: flags['psk-importer-context'] ?? new Uint8Array(0),
    hash: flags['psk-importer-sha384'] ? 'sha384' : 'sha256',
  })
}

async function readCredential(
  flags: CredentialFlags['flags'],
  test: Flags,
  provider: CryptoProvider,
  used: () => void,
): Promise<Credential | undefined> {
  const certificateFile = flags['cert-file']
  const keyFile = flags['key-file'] ?? certificateFile
  if (certificateFile === undefined || keyFile === undefined) return undefined
  const key = await provider.importPrivateKey({
    pkcs8: createPrivateKey(readFileSync(keyFile)).export({ format: 'der', type: 'pkcs8' }),
  })
  const preferred = flags['signing-prefs'] ?? policyOf(test)?.signatureSchemes
  const ocspResponse = test['decline-ocsp-callback'] ? undefined : flags['ocsp-response']
  const timestamps = flags['signed-cert-timestamps']
  return {
    certificates: readCertificates(certificateFile),
    key: {
      ...key,
      schemes: preferred ? preferred.filter((scheme) => key.schemes.includes(scheme)) : key.schemes,
      sign: (...input) => {
        used()
        return key.sign(...input)
      },
    },
    ...(ocspResponse && { ocspResponse }),
    ...(timestamps && { signedCertificateTimestamps: timestamps }),
  }
}

/** Whether a certificate's issuer is among the names that the peer asks for. */
export function hasIssuer({ certificates }: Credential, names: readonly Uint8Array[]): boolean {
  return certificates.some((der) => names.some((name) => equalBytes(parseCertificate(der).issuer.der, name)))
}

/** DER certificates of a PEM file. */
export function readCertificates(file: string): readonly Uint8Array[] {
  const blocks = readFileSync(file, 'latin1').matchAll(
    /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g,
  )
  return [...blocks].map(([, base64 = '']) => Uint8Array.from(Buffer.from(base64, 'base64')))
}

/** The runner's certificates are made for each run and lead to no anchor: the shim takes all, or refuses all. */
export function unsafeShimVerifier(flags: Flags, role: 'client' | 'server'): PeerVerifier {
  const keysOnly = flags.credentials.length > 0 && flags.credentials.every(({ type }) => type === 'psk')
  return {
    // BoringSSL's server asks a client for neither
    wants:
      role === 'client'
        ? {
            ocspResponse: flags['enable-ocsp-stapling'],
            signedCertificateTimestamps: flags['enable-signed-cert-timestamps'],
          }
        : {},
    verify: ({ certificates, ocspResponse, signedCertificateTimestamps }) => {
      const publicKey = leafPublicKey(certificates[0])
      checkKeyUsage(certificates[0])
      if (keysOnly && role === 'client')
        throw new TlsError('ERR_TLS_MISSING_EXTENSION', { detail: 'only a pre-shared key is taken' })
      if (flags['use-ocsp-callback'] && flags['fail-ocsp-callback'])
        throw new TlsError('ERR_TLS_BAD_CERTIFICATE_STATUS', { detail: 'refused as the test demands' })
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

/** RFC 9846 §4.5.1.2: digitalSignature, if the certificate says what its key is for. */
function checkKeyUsage(certificate: Uint8Array | undefined): void {
  const usage = certificate && certificateKeyUsage(certificate)
  if (usage && !usage.has('digitalSignature'))
    throw new TlsError('ERR_TLS_UNSUPPORTED_CERTIFICATE', {
      detail: 'KEY_USAGE: the key is not for signatures',
      alert: AlertDescription.illegal_parameter,
    })
}
