/** CertificateRequest after the handshake, for whoever has offered to answer it (RFC 9846 §4.7.2). */
import type { Condition, Received, Step } from '../machine.ts'
import type { AnswerRequest, ClientConnected } from '../postHandshake/connected.ts'
import type { ClientContext } from './context.ts'

type Askable = ClientConnected & { readonly answerRequest: AnswerRequest }

/** RFC 9846 §4.7.2: none MUST come unless we offered it; nor with an external pre-shared key (§4.4.2). */
export const mayBeAsked: Condition<ClientConnected, Askable> = {
  holds: (state): state is Askable => state.answerRequest !== undefined,
  otherwise: 'post_handshake_auth was not agreed',
}

export function answerLater(
  state: Askable,
  request: Received<'CertificateRequest'>,
  context: ClientContext,
): Promise<Step<ClientConnected>> {
  return state.answerRequest(state, request, context)
}
