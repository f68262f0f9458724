/** A client's answer to a CertificateRequest after the handshake: Certificate, CertificateVerify, Finished (RFC 9846 §4.7.2). */
import { compressCertificate, hex, inWords, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import { overallApproval } from '../approval.ts'
import { acceptCertificate } from '../authentication/certificate.ts'
import { checkCertificateVerify } from '../authentication/certificateVerify.ts'
import { decompressCertificate } from '../authentication/compression.ts'
import { checkFinished } from '../authentication/finished.ts'
import type { ClientAuthentication } from '../options.ts'
import type { Condition, Received, Step } from '../machine.ts'
import type {
  ExpectPostHandshakeCertificateVerify,
  ExpectPostHandshakeFinished,
  ServerConnected,
} from '../postHandshake/connected.ts'
import { requestedExtensions } from './certificateRequest.ts'
import type { ServerContext } from './context.ts'

/** An answer is due. */
type Awaiting = ServerConnected & {
  readonly authentication: {
    readonly config: { readonly clientAuthentication: Required<ClientAuthentication> }
  }
}

/** RFC 9846 §4.7.2: a client authenticates itself when it is asked, and once for each request. */
export const isAwaited: Condition<ServerConnected, Awaiting> = {
  holds: (state): state is Awaiting =>
    state.authentication?.config.clientAuthentication !== undefined && state.authentication.open.size > 0,
  otherwise: 'none was asked for',
}

/** RFC 8879 §4. */
export const compressionRequestedLater: Condition<Awaiting> = {
  holds: (state): state is Awaiting =>
    requestedExtensions(state.authentication.config).has(compressCertificate.type),
  otherwise: 'compress_certificate was not requested',
}

export async function readPostHandshakeCertificate(
  state: Awaiting,
  { raw, body }: Received<'Certificate'>,
  context: ServerContext,
): Promise<Step<ExpectPostHandshakeCertificateVerify | ExpectPostHandshakeFinished>> {
  const { authentication } = state
  const { clientAuthentication } = authentication.config
  const { certificateRequestContext, certificateList } = body
  const request = authentication.open.get(hex(certificateRequestContext))
  // RFC 9846 §4.5.1: the context of one of our requests, each of which is answered once
  if (!request)
    throw new TlsError(faults.ERR_TLS_WRONG_REQUEST_CONTEXT, {
      detail: inWords && 'no open request has this context',
    })
  const transcript = context.transcript.fork()
  transcript.add(request)
  transcript.add(raw)
  const answering = { ...state, authentication, context: certificateRequestContext, transcript }
  if (certificateList.length === 0) {
    // RFC 9846 §4.5.1.3
    if (clientAuthentication.required) throw new TlsError(faults.ERR_TLS_CERTIFICATE_REQUIRED)
    return {
      next: { ...answering, name: 'ExpectPostHandshakeFinished', proven: undefined },
      actions: [],
    }
  }
  const accepted = await acceptCertificate(body, {
    peerRole: 'client',
    certificateRequestContext,
    certificateType: authentication.certificateType,
    offered: requestedExtensions(authentication.config),
    serverName: undefined,
    verifier: clientAuthentication.verifier,
    config: authentication.config,
  })
  return { next: { ...answering, name: 'ExpectPostHandshakeCertificateVerify', ...accepted }, actions: [] }
}

/** RFC 8879 §4. It stands in the transcript as it came. */
export async function readPostHandshakeCompressedCertificate(
  state: Awaiting,
  { raw, body }: Received<'CompressedCertificate'>,
  context: ServerContext,
): Promise<Step<ExpectPostHandshakeCertificateVerify | ExpectPostHandshakeFinished>> {
  const certificate = await decompressCertificate(body, state.authentication.config)
  return readPostHandshakeCertificate(state, { raw, body: certificate }, context)
}

export async function readPostHandshakeCertificateVerify(
  { peer, proofKey, ...state }: ExpectPostHandshakeCertificateVerify,
  { raw, body }: Received<'CertificateVerify'>,
): Promise<Step<ExpectPostHandshakeFinished>> {
  const { authentication, transcript } = state
  await checkCertificateVerify(body, {
    ...proofKey,
    signer: 'client',
    transcriptHash: await transcript.hash(),
    provider: authentication.config.provider,
  })
  transcript.add(raw)
  const proven = { peer, signatureScheme: body.algorithm }
  return { next: { ...state, name: 'ExpectPostHandshakeFinished', proven }, actions: [] }
}

export async function readPostHandshakeFinished(
  { transcript, context, proven, ...state }: ExpectPostHandshakeFinished,
  { body }: Received<'Finished'>,
): Promise<Step<ServerConnected>> {
  const { authentication, suite, readSecret } = state
  // RFC 9846 §4.5, table 2: the key is the client's current application traffic secret
  await checkFinished(body, suite.hash, readSecret, await transcript.hash())
  const open = new Map(authentication.open)
  open.delete(hex(context))
  const { group, localSignatureScheme } = state.info
  const schemes = [localSignatureScheme, proven?.signatureScheme]
  const info = proven
    ? {
        ...state.info,
        peer: proven.peer,
        peerSignatureScheme: proven.signatureScheme,
        approval: overallApproval(authentication.config.provider, suite, group, schemes),
      }
    : state.info
  return {
    next: { ...state, name: 'Connected', info, authentication: { ...authentication, open } },
    actions: [{ kind: 'authenticated', context: context.slice(), peer: proven?.peer, info }],
  }
}
