/** The program `mortise` in one bundle, such that it runs on any Node and starts at once. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { script } from '../interop/programs.ts'
import { run, start, type Child, type Outcome } from '../support/children.ts'

export interface Program {
  readonly run: (args: readonly string[], stdin?: string | Uint8Array) => Promise<Outcome>
  readonly start: (args: readonly string[]) => Child
  /** Starts it on a terminal that does not echo; what is written to it are keys. Only where there is `script`. */
  readonly startOnTerminal: (args: readonly string[]) => Child
  /** Starts a server, and waits until it listens. */
  readonly serve: (args: readonly string[]) => Promise<Server>
  readonly remove: () => void
}

export interface Server extends Child {
  /** `127.0.0.1:PORT` */
  readonly address: string
  readonly port: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function buildProgram(): Promise<Program> {
  const caches = join(root, 'node_modules/.cache') // where the libraries that are not bundled are found
  mkdirSync(caches, { recursive: true })
  const directory = mkdtempSync(join(caches, 'cli-'))
  const conditions = ['@mortise/source']
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { conditions },
    ssr: { resolve: { conditions }, noExternal: [/^@mortise\//] },
    build: { ssr: 'packages/cli/src/bin.ts', outDir: join(directory, 'dist'), target: 'node20' },
  })
  copyFileSync(join(root, 'packages/cli/package.json'), join(directory, 'package.json'))
  const bin = join(directory, 'dist/bin.js')
  const starting = (args: readonly string[]): Child => start(process.execPath, [bin, ...args])
  return {
    run: (args, stdin) => run(process.execPath, [bin, ...args], stdin),
    start: starting,
    startOnTerminal: (args) => {
      const words = [process.execPath, bin, ...args].map(
        (word) => `'${word.replaceAll("'", String.raw`'\''`)}'`,
      )
      return start(script.path(), ['-qec', `stty -echo; exec ${words.join(' ')}`, '/dev/null'])
    },
    serve: async (args) => {
      const child = starting(['serve', '--port', '0', '--host', '127.0.0.1', ...args])
      const [, port] = await child.saying(/^listening on 127\.0\.0\.1:(\d+)$/m)
      return { ...child, address: `127.0.0.1:${port}`, port: Number(port) }
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Lines of `--json`. */
export function events(stderr: string): readonly Record<string, unknown>[] {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
