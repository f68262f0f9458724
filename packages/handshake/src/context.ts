/** What a handler may use beside state and message: the config and the running transcript. */
import type { Transcript } from './transcript.ts'

export interface Context<Config> {
  readonly config: Config
  readonly transcript: Transcript
  /** Post-handshake messages since application data last came in. */
  quietMessages: number
}
