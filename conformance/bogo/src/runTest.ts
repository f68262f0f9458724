/** One test: a connection, and as many more as the runner wants resumed, one after the other. */
import type { ClientSession } from '@mortise/handshake'
import { createSocket } from './socket.ts'
import type { Flags, Phase } from './flags.ts'
import { readCredentials } from './credentials.ts'
import { createMemory } from './memory.ts'
import { lacksAlgorithm } from './options.ts'
import { createProvider } from './provider.ts'
import { runConnection } from './runConnection.ts'

const tls13 = 0x0304

/** Answers with the exit code. */
export async function runTest(flags: Readonly<Record<Phase, Flags>>): Promise<number> {
  const first = flags.initial
  if ((first['max-version'] ?? tls13) < tls13 || (first['min-version'] ?? tls13) > tls13) return 89
  const provider = await createProvider(first.async)
  const memory = createMemory()
  let sessions: readonly ClientSession[] = []
  for (let i = 0; i <= (first['resume-count'] ?? 0); i++) {
    const phase = i === 0 ? flags.initial : flags.resume
    memory.advance(phase['resumption-delay'] ?? 0)
    // Before the runner is called: what the provider can't do ends the test here
    const setting = { flags: phase, provider, memory, credentials: await readCredentials(phase, provider) }
    if (lacksAlgorithm(setting)) return 89
    const socket = await createSocket(phase)
    const result = await runConnection({
      ...setting,
      retry: flags.retry,
      resumption: i > 0,
      sessions,
      socket,
    })
    if (result.problem !== undefined) {
      console.error(result.problem)
      return result.code
    }
    if (result.sessions.length > 0) sessions = result.sessions
  }
  return 0
}
