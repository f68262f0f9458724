/** What a handler may use beside state and message: the config and the running transcript. */
import type { Hash, Secret } from '@mortise/crypto'
import type { Transcript } from './transcript.ts'

/** early_exporter_secret, and its hash. */
export interface EarlyExporter {
  readonly hash: Hash
  readonly secret: Secret
}

export interface Context<Config> {
  readonly config: Config
  readonly transcript: Transcript
  /** Secrets that the last actions may still need: destroyed at the next step. */
  retired: readonly Secret[]
  /** From the offer of early data on (client), or its acceptance (server), unless it is rejected (RFC 9846 §7.5). */
  earlyExporter: EarlyExporter | undefined
  /** Post-handshake messages since application data last came in. */
  quietMessages: number
}

/** Early data was rejected, or the handshake is over: what was bound to it is void. */
export function dropEarlyExporter(context: Context<unknown>): void {
  context.earlyExporter?.secret.destroy()
  context.earlyExporter = undefined
}
