/** The client's Certificate, perhaps an empty one (RFC 9846 §4.5.1). */
import { compressCertificate, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { acceptCertificate, checkRequestContext, noContext } from '../authentication/certificate.ts'
import { decompressCertificate } from '../authentication/compression.ts'
import type { Condition, Received, Step } from '../machine.ts'
import { requestedExtensions } from './certificateRequest.ts'
import type { ServerContext } from './context.ts'
import type { ExpectCertificate, ExpectCertificateVerify, ExpectFinished } from './states.ts'

export async function readCertificate(
  state: ExpectCertificate,
  { raw, body }: Received<'Certificate'>,
  { transcript }: ServerContext,
): Promise<Step<ExpectCertificateVerify | ExpectFinished>> {
  const { clientAuthentication } = state.config
  if (!clientAuthentication)
    throw new TlsError(faults.ERR_TLS_INTERNAL, { detail: inWords && 'no certificate was asked for' })
  if (body.certificateList.length === 0) {
    checkRequestContext(body.certificateRequestContext, noContext)
    // RFC 9846 §4.5.1.3
    if (clientAuthentication.required) throw new TlsError(faults.ERR_TLS_CERTIFICATE_REQUIRED)
    transcript.add(raw)
    return { next: { ...state, name: 'ExpectFinished' }, actions: [] }
  }
  const accepted = await acceptCertificate(body, {
    peerRole: 'client',
    certificateRequestContext: noContext,
    certificateType: state.asking.certificateType,
    offered: requestedExtensions(state.config),
    serverName: undefined,
    verifier: clientAuthentication.verifier,
    config: state.config,
  })
  transcript.add(raw)
  return { next: { ...state, name: 'ExpectCertificateVerify', ...accepted }, actions: [] }
}

/** RFC 8879 §4. */
export const compressionRequested: Condition<ExpectCertificate> = {
  holds: (state): state is ExpectCertificate =>
    requestedExtensions(state.config).has(compressCertificate.type),
  otherwise: 'compress_certificate was not requested',
}

/** RFC 8879 §4. It stands in the transcript as it came. */
export async function readCompressedCertificate(
  state: ExpectCertificate,
  { raw, body }: Received<'CompressedCertificate'>,
  context: ServerContext,
): Promise<Step<ExpectCertificateVerify | ExpectFinished>> {
  const certificate = await decompressCertificate(body, state.config)
  return readCertificate(state, { raw, body: certificate }, context)
}
