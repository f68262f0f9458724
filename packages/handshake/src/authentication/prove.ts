/** Certificate and CertificateVerify of our own, wherever they are due (RFC 9846 §4.5.1, §4.5.2). */
import type { AbortSignalLike } from '@mortise/crypto'
import type { Transcript } from '../transcript.ts'
import { composeCertificateVerify } from './certificateVerify.ts'
import { composeCertificate, type Staples } from './composeCertificate.ts'
import type { CertificateCompressor } from './compression.ts'
import type { ChosenCredential } from './credentials.ts'

export interface ProofRequest {
  /** Empty but for the answer to a CertificateRequest after the handshake. */
  readonly certificateRequestContext: Uint8Array
  readonly staples: Staples
  readonly compress: CertificateCompressor | undefined
  readonly signal: AbortSignalLike | undefined
}

/** @returns the messages, which are in `transcript` by then */
export async function prove(
  signer: 'client' | 'server',
  chosen: ChosenCredential,
  { certificateRequestContext, staples, compress, signal }: ProofRequest,
  transcript: Transcript,
): Promise<readonly Uint8Array[]> {
  const plain = composeCertificate(chosen.credential, certificateRequestContext, staples)
  const certificate = compress ? await compress(plain) : plain
  transcript.add(certificate)
  const verify = await composeCertificateVerify(signer, chosen, await transcript.hash(), signal)
  transcript.add(verify)
  return [certificate, verify]
}
