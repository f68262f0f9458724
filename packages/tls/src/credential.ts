/** Certificates and keys, read from what people have: PEM or DER. */
import { CryptoError, privateKeyFromPem, type SigningKey, type SigningProvider } from '@mortise/crypto'
import { rawPublicKey, type Credential } from '@mortise/handshake'
import { decode, DelegatedCredential, equalBytes, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import {
  certificatesFromPem as readCertificates,
  matchesFilter,
  parseCertificate,
  readExtension,
  subjectAlternativeName,
  type Certificate,
} from '@mortise/x509'

/** A chain and its key, as they come from files or a key service. */
export interface CredentialInput {
  readonly provider: Pick<SigningProvider, 'importPrivateKey'>
  /** PEM text, or DER certificates: end entity first, then its issuers. The root may be left out. */
  readonly certificates: string | readonly Uint8Array[]
  /** PEM text (PKCS #8, SEC 1 or PKCS #1, not encrypted), DER of PKCS #8, or a key that is kept elsewhere. */
  readonly privateKey: string | Uint8Array | SigningKey
  /** DelegatedCredential, encoded, as `delegateCredential` makes it: `privateKey` is then the delegated key (RFC 9345). */
  readonly delegatedCredential?: Uint8Array
  /** DER OCSPResponse to staple. */
  readonly ocspResponse?: Uint8Array
  /** DER OCSPResponses to staple to the certificates behind the end entity's, in their order. */
  readonly issuerOcspResponses?: readonly (Uint8Array | undefined)[]
  /** SignedCertificateTimestampList (RFC 6962 §3.3) to send along. */
  readonly signedCertificateTimestamps?: Uint8Array
}

/**
 * Its names are the DNS names of the certificate: by them a server chooses. A client chooses by issuers, and by what the
 * certificate is for, if the server says what it wants (RFC 9846 §4.3.4, §4.3.5).
 * @throws TlsError `ERR_TLS_CONFIG` for what can't be read, and for a key that is not the certificate's
 */
export async function loadCredential(input: CredentialInput): Promise<Credential> {
  const { ocspResponse, issuerOcspResponses, signedCertificateTimestamps, delegatedCredential } = input
  const certificates =
    typeof input.certificates === 'string' ? certificatesFromPem(input.certificates) : input.certificates
  const parsed = reading('certificate', () => certificates.map(parseCertificate))
  const [certificate] = parsed
  if (!certificate)
    throw new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && 'there is no certificate' })
  const names = reading('certificate', () => dnsNames(certificate))
  const cred =
    delegatedCredential &&
    reading('delegated credential', () => decode(DelegatedCredential, delegatedCredential).cred)
  const key = await loadKey(input)
  if (!equalBytes(key.publicKey, cred?.subjectPublicKeyInfo ?? certificate.publicKey.spki))
    throw new TlsError(faults.ERR_TLS_CONFIG, {
      detail: inWords && `the private key is not the ${cred ? 'delegated credential' : 'certificate'}'s`,
    })
  return {
    certificates,
    key,
    issuers: parsed.map(({ issuer }) => issuer.der),
    matches: ({ certificateExtensionOid, certificateExtensionValues }) =>
      matchesFilter(certificate, certificateExtensionOid, certificateExtensionValues),
    ...(names.length > 0 ? { names } : {}),
    ...(delegatedCredential && cred
      ? {
          delegated: {
            credential: delegatedCredential,
            expiresAt: certificate.notBefore + cred.validTime * 1000,
          },
        }
      : {}),
    ...(ocspResponse ? { ocspResponse } : {}),
    ...(issuerOcspResponses ? { issuerOcspResponses } : {}),
    ...(signedCertificateTimestamps ? { signedCertificateTimestamps } : {}),
  }
}

/**
 * A key that stands for itself, as a raw public key (RFC 7250). Peers must take such keys, and know this one.
 * @throws TlsError `ERR_TLS_CONFIG` if it can't be read
 */
export async function loadRawPublicKey(
  input: Pick<CredentialInput, 'provider' | 'privateKey'>,
): Promise<Credential> {
  return rawPublicKey(await loadKey(input))
}

/**
 * DER of each CERTIFICATE of a PEM text, for chains and for anchors.
 * @throws TlsError `ERR_TLS_CONFIG` if there is none, or it is malformed
 */
export function certificatesFromPem(pem: string): readonly Uint8Array[] {
  return reading('certificates', () => readCertificates(pem))
}

function dnsNames(certificate: Certificate): readonly string[] {
  const names = readExtension(certificate, subjectAlternativeName) ?? []
  return names.flatMap((name) => (name.kind === 'dns' ? [name.value.toLowerCase()] : []))
}

async function loadKey({
  provider,
  privateKey,
}: Pick<CredentialInput, 'provider' | 'privateKey'>): Promise<SigningKey> {
  if (typeof privateKey === 'object' && 'sign' in privateKey) return privateKey
  try {
    return await provider.importPrivateKey(
      typeof privateKey === 'string' ? privateKeyFromPem(privateKey) : { pkcs8: privateKey },
    )
  } catch (cause) {
    throw unreadable('private key', cause)
  }
}

function reading<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw unreadable(what, cause)
  }
}

/** Says what is wrong, never what was read. */
function unreadable(what: string, cause: unknown): TlsError {
  const why = cause instanceof CryptoError || cause instanceof Error ? `: ${cause.message}` : ''
  return new TlsError(faults.ERR_TLS_CONFIG, { detail: inWords && `${what}${why}`, cause })
}
