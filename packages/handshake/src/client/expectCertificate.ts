/** The server's Certificate goes to the verifier (RFC 9846 §4.5.1). */
import { acceptCertificate, noContext } from '../authentication/certificate.ts'
import type { Received, Step } from '../machine.ts'
import type { ClientContext } from './context.ts'
import type { ExpectCertificate, ExpectCertificateOrRequest, ExpectCertificateVerify } from './states.ts'

export async function readCertificate(
  state: ExpectCertificate | ExpectCertificateOrRequest,
  { raw, body }: Received<'Certificate'>,
  { config, transcript }: ClientContext,
): Promise<Step<ExpectCertificateVerify>> {
  const peer = await acceptCertificate(body, {
    peerRole: 'server',
    certificateRequestContext: noContext,
    offered: state.hello.offered,
    serverName: config.serverName,
    verifier: config.verifier,
    provider: config.provider,
  })
  transcript.add(raw)
  const request = state.name === 'ExpectCertificate' ? state.request : undefined
  return { next: { ...state, name: 'ExpectCertificateVerify', request, peer }, actions: [] }
}
