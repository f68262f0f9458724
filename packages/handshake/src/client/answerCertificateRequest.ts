/** CertificateRequest after the handshake: answered at once, under application keys (RFC 9846 §4.7.2). */
import { hex, TlsError } from '@mortise/wire'
import { overallApproval } from '../approval.ts'
import { composeFinished } from '../authentication/finished.ts'
import type { Condition, Received, Step } from '../machine.ts'
import type { ClientConnected } from '../postHandshake/connected.ts'
import { countQuietMessage } from '../postHandshake/keyUpdate.ts'
import { composeClientAuthentication } from './authenticate.ts'
import type { ClientContext } from './context.ts'
import { checkCertificateRequest } from './expectCertificateRequest.ts'

/** Contexts that are remembered: a server that comes back to an older one only fools itself. */
const maxRemembered = 256

type Askable = ClientConnected & { readonly requests: readonly string[] }

/** RFC 9846 §4.7.2: none MUST come unless we offered it; nor with an external pre-shared key (§4.4.2). */
export const mayBeAsked: Condition<ClientConnected, Askable> = {
  holds: (state): state is Askable => state.requests !== undefined,
  otherwise: 'post_handshake_auth was not agreed',
}

export async function answerCertificateRequest(
  state: Askable,
  { raw, body }: Received<'CertificateRequest'>,
  context: ClientContext,
): Promise<Step<ClientConnected>> {
  const { suite, writeSecret, requests } = state
  const { config } = context
  countQuietMessage(context)
  const id = hex(body.certificateRequestContext)
  // RFC 9846 §4.4.2: unique within the connection
  if (requests.includes(id))
    throw new TlsError('ERR_TLS_WRONG_REQUEST_CONTEXT', { detail: 'the context was used before' })
  checkCertificateRequest(body)

  const transcript = context.transcript.fork()
  transcript.add(raw)
  const { messages, localSignatureScheme, localCertificates } = await composeClientAuthentication(
    body,
    state.clientCertificateType,
    config,
    transcript,
  )
  const finished = await composeFinished(suite.hash, writeSecret, await transcript.hash())
  const { group, peerSignatureScheme } = state.info
  const schemes = [peerSignatureScheme, localSignatureScheme]
  const info =
    localSignatureScheme === undefined
      ? state.info
      : {
          ...state.info,
          localSignatureScheme,
          localCertificates,
          approval: overallApproval(config.provider, suite, group, schemes),
        }
  return {
    next: { ...state, info, requests: [...requests, id].slice(-maxRemembered) },
    actions: [
      ...[...messages, finished].map((message) => ({ kind: 'send', level: 'application', message }) as const),
      {
        kind: 'authenticated',
        context: body.certificateRequestContext.slice(),
        peer: undefined,
        info,
      },
    ],
  }
}
