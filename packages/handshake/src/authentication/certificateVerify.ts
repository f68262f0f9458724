/** The CertificateVerify message, from both sides (RFC 9846 §4.5.2). */
import { type AbortSignalLike, CryptoError, type CryptoProvider } from '@mortise/crypto'
import {
  CertificateVerify,
  concat,
  encodeHandshake,
  HandshakeType,
  signatureSchemeName,
  TlsError,
} from '@mortise/wire'
import type { ChosenCredential } from './credentials.ts'
import { isHandshakeScheme } from './signatureSchemes.ts'

type Role = 'client' | 'server'

/** What is signed: 64 spaces, a context string by role, a zero byte, the transcript hash. */
export function signatureInput(signer: Role, transcriptHash: Uint8Array): Uint8Array {
  const text = `${' '.repeat(64)}TLS 1.3, ${signer} CertificateVerify\0`
  return concat(
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
    transcriptHash,
  )
}

export async function composeCertificateVerify(
  signer: Role,
  { credential, scheme }: ChosenCredential,
  transcriptHash: Uint8Array,
  signal: AbortSignalLike | undefined,
): Promise<Uint8Array> {
  const message = signatureInput(signer, transcriptHash)
  const signature = await credential.key.sign(scheme, message, signal ? { signal } : {})
  return encodeHandshake(HandshakeType.certificate_verify, CertificateVerify, {
    algorithm: scheme,
    signature,
  })
}

export interface SignatureExpectation {
  readonly signer: Role
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** The schemes that we offered. */
  readonly schemes: readonly number[]
  readonly transcriptHash: Uint8Array
  readonly provider: CryptoProvider
}

/** @throws TlsError if the scheme was not offered, is not for handshakes or doesn't fit the key, or the signature is bad. */
export async function checkCertificateVerify(
  { algorithm, signature }: CertificateVerify,
  expected: SignatureExpectation,
): Promise<void> {
  const verifier = expected.provider.signatures.find(({ scheme }) => scheme === algorithm)
  // RFC 9846 §4.5.2: a scheme we listed, and none that is meant for certificates only (§4.3.3)
  if (!verifier || !expected.schemes.includes(algorithm) || !isHandshakeScheme(algorithm))
    throw new TlsError('ERR_TLS_WRONG_SIGNATURE_SCHEME', {
      detail: `${signatureSchemeName(algorithm)} was not offered`,
    })
  const message = signatureInput(expected.signer, expected.transcriptHash)
  let verifies: boolean
  try {
    verifies = await verifier.verify(expected.publicKey, message, signature)
  } catch (cause) {
    if (cause instanceof CryptoError && cause.code === 'ERR_CRYPTO_INVALID_KEY')
      throw new TlsError('ERR_TLS_WRONG_SIGNATURE_SCHEME', {
        detail: `${signatureSchemeName(algorithm)} does not fit the certificate's key`,
        cause,
      })
    throw cause
  }
  if (!verifies) throw new TlsError('ERR_TLS_BAD_CERTIFICATE_VERIFY')
}
