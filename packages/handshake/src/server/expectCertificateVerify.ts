/** The client proves that it has the certificate's key (RFC 9846 §4.5.2). */
import { overallApproval } from '../approval.ts'
import { checkCertificateVerify } from '../authentication/certificateVerify.ts'
import type { Received, Step } from '../machine.ts'
import type { ServerContext } from './context.ts'
import type { ExpectCertificateVerify, ExpectFinished } from './states.ts'

export async function readCertificateVerify(
  { peer, proofKey, ...state }: ExpectCertificateVerify,
  { raw, body }: Received<'CertificateVerify'>,
  { transcript }: ServerContext,
): Promise<Step<ExpectFinished>> {
  const { config, suite } = state
  await checkCertificateVerify(body, {
    ...proofKey,
    signer: 'client',
    transcriptHash: await transcript.hash(),
    provider: config.provider,
  })
  transcript.add(raw)
  const { group, localSignatureScheme } = state.info
  const info = {
    ...state.info,
    peer,
    peerSignatureScheme: body.algorithm,
    approval: overallApproval(config.provider, suite, group, [localSignatureScheme, body.algorithm]),
  }
  return { next: { ...state, name: 'ExpectFinished', info }, actions: [] }
}
