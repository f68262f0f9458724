/** What the program has of the world around it. */
import type { Readable, Writable } from 'node:stream'

/** What the program reads, writes and hears of. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable
  readonly stderr: Writable
  /** Calls back when the user wants the program to end. */
  readonly onInterrupt: (listener: () => void) => void
}

/** 0: closed in good order; 1: TLS or the transport failed; 2: wrong usage. */
export type ExitCode = 0 | 1 | 2
