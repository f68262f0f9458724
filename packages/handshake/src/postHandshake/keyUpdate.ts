/** KeyUpdate, both directions (RFC 9846 §4.7.3). */
import { encodeHandshake, HandshakeType, inWords, KeyUpdate, KeyUpdateRequest, TlsError } from '@mortise/wire'
import * as faults from '@mortise/wire/faults'
import type { Context } from '../context.ts'
import { nextTrafficSecret } from '../keySchedule.ts'
import type { Received, Step } from '../machine.ts'
import type { Established } from './connected.ts'

type Named = Established & { readonly name: string }

/** Post-handshake messages in a row, without application data between them, that a peer may send. */
export const maxQuietMessages = 32

export async function receiveKeyUpdate<State extends Named>(
  state: State,
  { body }: Received<'KeyUpdate'>,
  context: Context<unknown>,
): Promise<Step<State>> {
  countQuietMessage(context)
  const { requestUpdate } = body
  // RFC 9846 §4.7.3: any other value is illegal_parameter
  if (
    requestUpdate !== KeyUpdateRequest.update_requested &&
    requestUpdate !== KeyUpdateRequest.update_not_requested
  )
    throw new TlsError(faults.ERR_TLS_BAD_KEY_UPDATE, {
      detail: inWords && `request_update ${requestUpdate}`,
    })
  const { suite, readSecret } = state
  const secret = await nextTrafficSecret(suite.hash, readSecret)
  readSecret.destroy()
  return {
    next: {
      ...state,
      readSecret: secret,
      updateRequested: false,
      // RFC 9846 §4.7.3: however many ask while we are silent, one update answers them all
      updateOwed: state.updateOwed || requestUpdate === KeyUpdateRequest.update_requested,
    },
    actions: [{ kind: 'installReadKeys', level: 'application', suite, secret }],
  }
}

/** Renews our own keys, and asks for the peer's to be renewed unless such a request is open. */
export async function sendKeyUpdate<State extends Established>(
  state: State,
  requestPeer: boolean,
): Promise<Step<State>> {
  const ask = requestPeer && !state.updateRequested
  const step = await updateWriteKeys(
    state,
    ask ? KeyUpdateRequest.update_requested : KeyUpdateRequest.update_not_requested,
  )
  return ask ? { ...step, next: { ...step.next, updateRequested: true } } : step
}

async function updateWriteKeys<State extends Established>(
  state: State,
  requestUpdate: number,
): Promise<Step<State>> {
  const { suite, writeSecret } = state
  const secret = await nextTrafficSecret(suite.hash, writeSecret)
  writeSecret.destroy()
  const message = encodeHandshake(HandshakeType.key_update, KeyUpdate, { requestUpdate })
  return {
    next: {
      ...state,
      writeSecret: secret,
      updateOwed: state.updateOwed && requestUpdate !== KeyUpdateRequest.update_not_requested,
    },
    actions: [
      { kind: 'send', level: 'application', message },
      { kind: 'installWriteKeys', level: 'application', suite, secret },
    ],
  }
}

export function countQuietMessage(context: Context<unknown>): void {
  context.quietMessages++
  if (context.quietMessages > maxQuietMessages)
    throw new TlsError(faults.ERR_TLS_TOO_MANY_KEY_UPDATES, {
      detail: inWords && `more than ${maxQuietMessages} without application data`,
    })
}
