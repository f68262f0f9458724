/** What is wrong with how the program was called, and the text that says how to call it. */
import type { OptionTable } from './options.ts'

/** A mistake of the caller's: exit code 2. The message is a sentence for people. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface CommandUsage {
  /** As typed: `mortise connect HOST:PORT [options]`. */
  readonly synopsis: string
  /** What it does, in a few lines. */
  readonly about: string
  readonly options: OptionTable
}

/** Width of the column of option names. */
const columnWidth = 30

/** The help of a command. */
export function commandHelp({ synopsis, about, options }: CommandUsage): string {
  const rows = Object.entries(options).map(([name, { value, multiple, text }]) => {
    const head = `  --${name}${value === undefined ? '' : ` ${value}`}`
    const gap = head.length < columnWidth ? head.padEnd(columnWidth) : `${head}\n${' '.repeat(columnWidth)}`
    return `${gap}${text}${multiple ? ' (may be repeated)' : ''}`
  })
  return `usage: ${synopsis}\n\n${about}\n\noptions:\n${rows.join('\n')}\n`
}

/** The help of the program. */
export const programHelp = `mortise: TLS 1.3 (RFC 9846) from the command line

usage:
  mortise connect HOST:PORT [options]   stdin to the peer, the peer to stdout
  mortise serve --port N --cert FILE --key FILE [options]
                                        a server: --www answers HTTP, --echo sends everything back
  mortise connect --help | mortise serve --help
  mortise --version

exit codes: 0 after a clean close, 1 for a failure of TLS or of the transport, 2 for wrong usage
`
