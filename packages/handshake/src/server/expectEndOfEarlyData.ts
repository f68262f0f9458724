/** EndOfEarlyData: early data is over, handshake keys are due (RFC 9846 §4.6). */
import type { Received, Step } from '../machine.ts'
import type { ServerContext } from './context.ts'
import type { ExpectEndOfEarlyData, ExpectFinished } from './states.ts'

export async function readEndOfEarlyData(
  state: ExpectEndOfEarlyData,
  { raw }: Received<'EndOfEarlyData'>,
  { transcript }: ServerContext,
): Promise<Step<ExpectFinished>> {
  transcript.add(raw)
  const { suite, clientHandshakeSecret } = state
  return {
    next: { ...state, name: 'ExpectFinished' },
    actions: [{ kind: 'installReadKeys', level: 'handshake', suite, secret: clientHandshakeSecret }],
  }
}
