/** The server proves that it has the certificate's key (RFC 9846 §4.5.2). */
import { checkCertificateVerify } from '../authentication/certificateVerify.ts'
import type { Received, Step } from '../machine.ts'
import type { ClientContext } from './context.ts'
import type { ExpectCertificateVerify, ExpectFinished } from './states.ts'

export async function readCertificateVerify(
  { proofKey, ...state }: ExpectCertificateVerify,
  { raw, body }: Received<'CertificateVerify'>,
  { config, transcript }: ClientContext,
): Promise<Step<ExpectFinished>> {
  await checkCertificateVerify(body, {
    ...proofKey,
    signer: 'server',
    transcriptHash: await transcript.hash(),
    provider: config.provider,
  })
  transcript.add(raw)
  return { next: { ...state, name: 'ExpectFinished', peerSignatureScheme: body.algorithm }, actions: [] }
}
