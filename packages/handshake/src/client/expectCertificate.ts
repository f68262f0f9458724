/** The server's Certificate goes to the verifier (RFC 9846 §4.5.1). */
import { compressCertificate } from '@mortise/wire'
import { acceptCertificate, noContext } from '../authentication/certificate.ts'
import { decompressCertificate } from '../authentication/compression.ts'
import type { Condition, Received, Step } from '../machine.ts'
import type { ClientContext } from './context.ts'
import type { ExpectCertificate, ExpectCertificateOrRequest, ExpectCertificateVerify } from './states.ts'

type Expecting = ExpectCertificate | ExpectCertificateOrRequest

export async function readCertificate(
  state: Expecting,
  { raw, body }: Received<'Certificate'>,
  { config, transcript }: ClientContext,
): Promise<Step<ExpectCertificateVerify>> {
  const accepted = await acceptCertificate(body, {
    peerRole: 'server',
    certificateRequestContext: noContext,
    certificateType: state.serverCertificateType,
    offered: state.hello.offered,
    serverName: config.serverName,
    verifier: config.verifier,
    config,
  })
  transcript.add(raw)
  const request = state.name === 'ExpectCertificate' ? state.request : undefined
  return { next: { ...state, name: 'ExpectCertificateVerify', request, ...accepted }, actions: [] }
}

/** RFC 8879 §4. */
export const compressionOffered: Condition<Expecting> = {
  holds: (state): state is Expecting => state.hello.offered.has(compressCertificate.type),
  otherwise: 'compress_certificate was not offered',
}

/** RFC 8879 §4. It stands in the transcript as it came. */
export async function readCompressedCertificate(
  state: Expecting,
  { raw, body }: Received<'CompressedCertificate'>,
  context: ClientContext,
): Promise<Step<ExpectCertificateVerify>> {
  const certificate = await decompressCertificate(body, context.config)
  return readCertificate(state, { raw, body: certificate }, context)
}
