/** What a handler may use beside state and message: the config and the running transcript. */
import type { Secret } from '@mortise/crypto'
import type { Transcript } from './transcript.ts'

export interface Context<Config> {
  readonly config: Config
  readonly transcript: Transcript
  /** Secrets that the last actions may still need: destroyed at the next step. */
  retired: readonly Secret[]
  /** Post-handshake messages since application data last came in. */
  quietMessages: number
}
