/** Chooses the command. Each is loaded when it is needed. */
import { readFileSync } from 'node:fs'
import type { ExitCode, Io } from './io.ts'
import { programHelp, UsageError } from './usage.ts'

type Command = (args: readonly string[], io: Io) => Promise<ExitCode>

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  connect: async () => (await import('./connect/connectCommand.ts')).connectCommand,
  serve: async () => (await import('./serve/serveCommand.ts')).serveCommand,
}

/** @param args without the program's own name */
export async function main(args: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = args
  try {
    if (name === '--help' || name === '-h' || name === 'help') {
      io.stdout.write(programHelp)
      return 0
    }
    if (name === '--version') {
      io.stdout.write(`${version()}\n`)
      return 0
    }
    const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
    if (!load) throw new UsageError(whatIsMissing(name))
    const command = await load()
    return await command(rest, io)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    io.stderr.write(`mortise: ${error.message}\n`)
    return 2
  }
}

function whatIsMissing(name: string | undefined): string {
  const given = name === undefined ? 'a command is missing' : `there is no command ${name}`
  return `${given}; there are ${Object.keys(commands).join(' and ')}, and mortise --help`
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { readonly version: string }).version
}
