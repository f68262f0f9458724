/** The CertificateVerify message, from both sides (RFC 9846 §4.5.2). */
import type { AbortSignalLike, CryptoProvider } from '@mortise/crypto'
import { CertificateVerify, codeText, encodeHandshake, HandshakeType, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { ChosenCredential } from './credentials.ts'
import { isHandshakeScheme, verifySignature, type ProofKey } from './signatureSchemes.ts'

type Role = 'client' | 'server'

/** What is signed: 64 spaces, a context string by role, a zero byte, the transcript hash. */
export function signatureInput(signer: Role, transcriptHash: Uint8Array): Uint8Array {
  const text = `TLS 1.3, ${signer} CertificateVerify\0`
  const input = new Uint8Array(64 + text.length + transcriptHash.length).fill(0x20, 0, 64)
  for (let i = 0; i < text.length; i++) input[64 + i] = text.charCodeAt(i)
  input.set(transcriptHash, 64 + text.length)
  return input
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

export interface SignatureExpectation extends ProofKey {
  readonly signer: Role
  readonly transcriptHash: Uint8Array
  readonly provider: CryptoProvider
}

/** @throws TlsError if the scheme was not offered, is not for handshakes or doesn't fit the key, or the signature is bad. */
export async function checkCertificateVerify(
  { algorithm, signature }: CertificateVerify,
  { signer, publicKey, schemes, transcriptHash, provider }: SignatureExpectation,
): Promise<void> {
  // RFC 9846 §4.5.2: a scheme we listed, and none that is meant for certificates only (§4.3.3)
  if (!schemes.includes(algorithm) || !isHandshakeScheme(algorithm))
    throw new TlsError(faults.ERR_TLS_WRONG_SIGNATURE_SCHEME, {
      detail: inWords && `${codeText.signatureScheme(algorithm)} was not offered`,
    })
  const input = signatureInput(signer, transcriptHash)
  if (!(await verifySignature(provider, { publicKey, algorithm, input, signature })))
    throw new TlsError(faults.ERR_TLS_BAD_CERTIFICATE_VERIFY)
}
