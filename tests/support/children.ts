/** Child processes with a bound on their time; all of them are gone when the test file is done. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { afterAll } from 'vitest'

export interface Outcome {
  /** `null` if a signal ended it. */
  readonly code: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

export interface Child {
  readonly process: ChildProcessWithoutNullStreams
  readonly write: (data: string | Uint8Array) => void
  /** The end of its stdin. */
  readonly end: (data?: string | Uint8Array) => void
  readonly stdout: () => Buffer
  /** Both outputs, as they came. */
  readonly output: () => string
  /** Settles when `pattern` is in the output. @throws Error if it ends without, with what it said */
  readonly saying: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Settles when stdout holds so many bytes. @throws Error if it ends without */
  readonly stdoutOf: (bytes: number) => Promise<Buffer>
  readonly outcome: Promise<Outcome>
  readonly kill: (signal?: NodeJS.Signals) => void
}

/** Milliseconds after which a child is killed. */
const patience = 180_000

const running = new Set<ChildProcessWithoutNullStreams>()

afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

export function start(program: string, args: readonly string[], options: StartOptions = {}): Child {
  const child = spawn(program, [...args], { ...options, env: { ...process.env, ...options.env } })
  running.add(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  const heard = { stdout: [] as Buffer[], stderr: [] as Buffer[], all: [] as Buffer[] }
  const listeners = new Set<() => void>()
  const tell = (): void => listeners.forEach((listener) => listener())
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (bytes: Buffer) => {
      heard[name].push(bytes)
      heard.all.push(bytes)
      tell()
    })
  child.stdin.on('error', () => {}) // it may end before it has read everything
  let over = false
  const outcome = once(child, 'close').then(([code]) => {
    over = true
    clearTimeout(timer)
    running.delete(child)
    tell()
    return {
      code: code as number | null,
      stdout: Buffer.concat(heard.stdout),
      stderr: Buffer.concat(heard.stderr).toString(),
    }
  })
  const output = (): string => Buffer.concat(heard.all).toString('latin1')
  const when = <T>(look: () => T | undefined, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const found = look()
        if (found === undefined && !over) return
        listeners.delete(check)
        if (found === undefined) reject(new Error(`${program} ended without ${what}: ${output()}`))
        else resolve(found)
      }
      listeners.add(check)
      check()
    })
  return {
    process: child,
    write: (data) => void child.stdin.write(data),
    end: (data) => void (data === undefined ? child.stdin.end() : child.stdin.end(data)),
    stdout: () => Buffer.concat(heard.stdout),
    output,
    saying: (pattern) => when(() => pattern.exec(output()) ?? undefined, String(pattern)),
    stdoutOf: (bytes) =>
      when(() => {
        const length = heard.stdout.reduce((sum, chunk) => sum + chunk.length, 0)
        return length >= bytes ? Buffer.concat(heard.stdout) : undefined
      }, `${bytes} bytes on stdout`),
    outcome,
    kill: (signal = 'SIGKILL') => void child.kill(signal),
  }
}

/** Starts, gives it `stdin`, and waits. */
export function run(
  program: string,
  args: readonly string[],
  stdin: string | Uint8Array = '',
  options: StartOptions = {},
): Promise<Outcome> {
  const child = start(program, args, options)
  child.end(stdin)
  return child.outcome
}
