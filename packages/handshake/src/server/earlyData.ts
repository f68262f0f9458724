/** Whether early data is taken (RFC 9846 §4.3.10, §8). Each condition refuses it; none fails the handshake. */
import type { HandshakeAction } from '../action.ts'
import type { ServerConfig } from '../config.ts'
import type { ClientHelloInfo } from './clientHelloInfo.ts'
import type { SelectedKey } from './selectPreSharedKey.ts'

/** How far a ticket's age may be off by default, in milliseconds (RFC 9846 §8.3). */
const defaultWindow = 10_000

/** With the bytes that the client may have sent: what its ticket said, or what ours say now if it is not known any more. */
export function rejectedEarlyData({ tickets }: ServerConfig, key: SelectedKey | undefined): HandshakeAction {
  const maxSkipped = Math.max(tickets?.earlyData?.maxSize ?? 0, key?.session?.maxEarlyDataSize ?? 0)
  return { kind: 'earlyData', accepted: false, maxSkipped }
}

export async function acceptsEarlyData(
  hello: ClientHelloInfo,
  key: SelectedKey | undefined,
  alpn: string | undefined,
  { tickets, now }: ServerConfig,
): Promise<boolean> {
  const options = tickets?.earlyData
  const session = key?.session
  if (!hello.earlyData || !options || !session || !now) return false
  const { maxEarlyDataSize, cipherSuite, lifetime, createdAt } = session
  const fits =
    key.index === 0 &&
    maxEarlyDataSize > 0 &&
    cipherSuite === key.suite.suite &&
    session.alpn === alpn &&
    session.serverName === hello.serverName
  if (!fits) return false
  const age = hello.preSharedKeys?.identities[0]?.obfuscatedTicketAge ?? 0
  const window = options.window ?? defaultWindow
  // RFC 9846 §8.3: the age that the client says against the one that we see
  const claimed = (age - session.ageAdd) >>> 0
  if (Math.abs(now() - createdAt - claimed) > window) return false
  // Asked last, so that nothing is used up in vain. A ticket lives no longer than its lifetime, nor does its replay.
  return options.isFirstUse(key.binder, Math.min(now() + 2 * window, createdAt + lifetime * 1000))
}
